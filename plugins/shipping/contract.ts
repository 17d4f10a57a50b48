import type { Id, Money, Result, TSchema } from 'kontor/sdk';

declare module 'kontor/sdk' {
  interface Parcel {
    readonly lines: readonly {
      readonly variantId: number;
      readonly quantity: number;
      readonly weightGrams: number;
    }[];
    readonly weightGrams: number;
    /** What the goods cost after discounts. */
    readonly value: Money;
    readonly shipTo: { readonly country: string; readonly postalCode?: string; readonly region?: string };
  }

  /** A way of making a price, with args the merchant fills in. */
  interface ShippingRateType {
    /** `flat`, `by-weight`, `by-price`, `pickup`, `local-delivery`. */
    readonly code: string;
    readonly title: string;
    /** Rates are checked against it when they are saved. */
    readonly args: TSchema;
    /** Whether the buyer comes to fetch it. */
    readonly isPickup?: boolean;
    /** @returns minor units of the parcel's currency, or undefined when it does not apply; two seconds at most */
    quote(
      args: Readonly<Record<string, unknown>>,
      parcel: Parcel,
    ): number | undefined | Promise<number | undefined>;
  }

  interface ShippingRate {
    /** Stable within the store: what a checkout keeps. */
    readonly code: string;
    /** In the buyer's language where there is one. */
    readonly title: string;
    readonly description: string;
    readonly amount: Money;
    readonly isPickup: boolean;
  }

  interface Shipping {
    /** Rates for a parcel, cheapest first; none when nobody delivers there. No query when warm. */
    quote(parcel: Parcel): Promise<ShippingRate[]>;
    /** Countries this store delivers to. No query when warm. */
    countries(): Promise<string[]>;
  }

  /** Where a store delivers to. Every zone that fits an address adds its rates. */
  interface ShippingZone {
    readonly id: Id;
    /** Grows with each change. */
    readonly version: number;
    readonly name: string;
    /** ISO 3166-1; `*` is every place that no other zone fits. */
    readonly countries: readonly string[];
    /** All of the countries when empty. `L-1*`, `12??`, `1000..1999`; case, blanks and hyphens do not matter. */
    readonly postalCodes: readonly string[];
    readonly position: number;
    readonly isActive: boolean;
    readonly updatedBy: string;
    readonly updatedAt: Date;
    readonly rates: readonly ShippingZoneRate[];
  }

  /** A rate as its team sees it: a type with args. */
  interface ShippingZoneRate {
    readonly id: Id;
    readonly zoneId: Id;
    /** Grows with each change. */
    readonly version: number;
    /** Code of a type at the point `shippingRates`. */
    readonly type: string;
    readonly args: Readonly<Record<string, unknown>>;
    readonly title: string;
    readonly description: string;
    /** By language. */
    readonly translations: Readonly<
      Record<string, { readonly title?: string; readonly description?: string }>
    >;
    /** Of the amounts in `args` and of `freeFrom`; parcels in another one are not quoted. */
    readonly currency: string;
    /** Minor units; costs nothing for goods of this value or more. null is never. */
    readonly freeFrom: number | null;
    readonly position: number;
    readonly isActive: boolean;
    readonly updatedBy: string;
    readonly updatedAt: Date;
  }

  type ShippingZoneInput = {
    -readonly [Name in 'name' | 'countries' | 'postalCodes' | 'position' | 'isActive']?: ShippingZone[Name];
  };
  type ShippingRateInput = {
    -readonly [Name in
      | 'type'
      | 'args'
      | 'title'
      | 'description'
      | 'translations'
      | 'currency'
      | 'freeFrom'
      | 'position'
      | 'isActive']?: ShippingZoneRate[Name];
  };

  /** What the team changes. Fields left out of a change stay. */
  interface ShippingZones {
    /** With their rates, in order. */
    list(): Promise<readonly ShippingZone[]>;
    createZone(
      input: ShippingZoneInput & { name: string; countries: readonly string[] },
    ): Promise<Result<ShippingZone, 'unknownCountry' | 'badPostalCode' | 'tooMany'>>;
    /** @param version - refused with `changed` and who did it when it is not the newest */
    updateZone(
      id: Id,
      change: ShippingZoneInput & { version?: number },
    ): Promise<Result<ShippingZone, 'notFound' | 'changed' | 'unknownCountry' | 'badPostalCode'>>;
    /** With its rates. */
    removeZone(id: Id): Promise<Result<undefined, 'notFound'>>;
    /** In the store's currency unless another one is said. */
    createRate(
      zoneId: Id,
      input: ShippingRateInput & { type: string; args: Readonly<Record<string, unknown>>; title: string },
    ): Promise<Result<ShippingZoneRate, 'notFound' | 'unknownType' | 'badArgs' | 'tooMany'>>;
    updateRate(
      id: Id,
      change: ShippingRateInput & { version?: number },
    ): Promise<Result<ShippingZoneRate, 'notFound' | 'changed' | 'unknownType' | 'badArgs'>>;
    removeRate(id: Id): Promise<Result<undefined, 'notFound'>>;
    /** Ways of making a price, with what they ask of the merchant. */
    types(): readonly { code: string; title: string; isPickup: boolean; args: TSchema }[];
  }

  interface Services {
    shipping: Shipping;
    shippingZones: ShippingZones;
  }
  interface Points {
    shippingRates: ShippingRateType;
  }
}

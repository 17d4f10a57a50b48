import type { Money, TSchema } from 'kontor/sdk';

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
    readonly args: TSchema;
    /** @returns minor units of the parcel's currency, or undefined when it does not apply */
    quote(
      args: Readonly<Record<string, unknown>>,
      parcel: Parcel,
    ): number | undefined | Promise<number | undefined>;
  }

  interface ShippingRate {
    /** Stable within the store: what a checkout keeps. */
    readonly code: string;
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

  interface Services {
    shipping: Shipping;
  }
  interface Points {
    shippingRates: ShippingRateType;
  }
}

declare module 'kontor/sdk' {
  /** Everything a total depends on. Amounts are whole minor units of `currency`. */
  interface TotalsInput {
    /** Version of the rules; the newest when left out. A stored input names the one it was made by. */
    readonly version?: number;
    readonly currency: string;
    /** Whether unit amounts and shipping contain tax. */
    readonly taxIncluded: boolean;
    /** Where tax is rounded: for each line, or once for each rate. */
    readonly taxRounding: 'line' | 'document';
    readonly lines: readonly TotalsLine[];
    /** In the order they apply. */
    readonly discounts: readonly TotalsDiscount[];
    /** null while no rate is chosen. Its tax follows the lines in proportion when `rateBps` is null. */
    readonly shipping: {
      readonly title: string;
      readonly amount: number;
      readonly rateBps: number | null;
    } | null;
  }

  interface TotalsLine {
    /** The caller's name for the line. */
    readonly key: string;
    readonly unitAmount: number;
    readonly quantity: number;
    /** 1700 is 17 %. */
    readonly rateBps: number;
  }

  interface TotalsDiscount {
    readonly key: string;
    readonly title: string;
    /** `percent` takes `value` basis points, `amount` takes `value` minor units at most, `shipping` takes `value` basis points of shipping. */
    readonly kind: 'percent' | 'amount' | 'shipping';
    readonly value: number;
    /** Lines it applies to, by key; all when left out. */
    readonly lines?: readonly string[];
  }

  /** `total` = `net` + `tax`, exactly. */
  interface Totals {
    readonly version: number;
    readonly currency: string;
    readonly taxIncluded: boolean;
    /** Sum of lines before discounts, as priced. */
    readonly subtotal: number;
    /** Of lines, 0 or more. */
    readonly discount: number;
    /** After its discounts, as priced. */
    readonly shipping: number;
    readonly shippingDiscount: number;
    readonly net: number;
    readonly tax: number;
    readonly total: number;
    readonly lines: readonly {
      readonly key: string;
      readonly subtotal: number;
      readonly discount: number;
      readonly net: number;
      readonly tax: number;
      readonly total: number;
      /** Share of each discount, by its key. */
      readonly discounts: Readonly<Record<string, number>>;
    }[];
    readonly shippingNet: number;
    readonly shippingTax: number;
    readonly taxes: readonly { readonly rateBps: number; readonly net: number; readonly tax: number }[];
    /** Each step in words that an accountant can follow. */
    readonly trace: readonly {
      readonly step: string;
      readonly detail: Readonly<Record<string, string | number>>;
    }[];
  }

  /** Pure: the same input gives the same totals, today and in ten years. */
  interface TotalsCalculator {
    /** @throws TOTALS_ERR_INPUT for what is no whole number, negative, or of an unknown version */
    calculate(input: TotalsInput): Totals;
    readonly version: number;
  }

  interface Services {
    totals: TotalsCalculator;
  }
}
export {};

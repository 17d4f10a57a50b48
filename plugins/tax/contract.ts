declare module 'kontor/sdk' {
  /** How a product is taxed, whatever the country makes of it. */
  type TaxClass = 'standard' | 'intermediate' | 'reduced' | 'super_reduced' | 'zero' | 'exempt';

  /** Who buys what from where, as far as it is known. */
  interface TaxQuestion {
    /** Of each line, in order. */
    readonly lines: readonly { readonly taxClass: string; readonly kind?: 'goods' | 'service' | 'digital' }[];
    readonly shipTo?: { readonly country: string; readonly postalCode?: string };
    readonly billTo?: { readonly country: string; readonly postalCode?: string; readonly vatNumber?: string };
    /** The day of supply; today when left out. */
    readonly date?: Date;
  }

  interface TaxDecision {
    readonly rateBps: number;
    readonly country: string;
    /** `domestic` here; more regimes come with cross-border sales. */
    readonly regime: string;
    readonly taxClass: string;
    /** What a person reads: "17 % TVA". */
    readonly title: string;
    /** The rule it rests on. */
    readonly basis: string;
  }

  interface Tax {
    /** One decision a line, in order, and one for shipping (null: it follows the lines). No query when warm. */
    decide(question: TaxQuestion): Promise<{ lines: TaxDecision[]; shipping: TaxDecision | null }>;
    /** How this store quotes and rounds. No query when warm. */
    settings(): Promise<{ taxIncluded: boolean; taxRounding: 'line' | 'document'; country: string }>;
  }

  interface Services {
    tax: Tax;
  }
}
export {};

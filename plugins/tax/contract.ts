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

  interface TaxRate {
    readonly class: string;
    /** First and last day in the country's calendar, e.g. `2024-01-01`; null while no end is known. */
    readonly validFrom: string;
    readonly validTo: string | null;
    readonly rateBps: number;
    readonly confidence: string;
    readonly sources: readonly string[];
  }

  interface Tax {
    /** One decision a line, in order, and one for shipping (null: it follows the lines). No query when warm. */
    decide(question: TaxQuestion): Promise<{ lines: TaxDecision[]; shipping: TaxDecision | null }>;
    /** How this store quotes and rounds. No query when warm. */
    settings(): Promise<{ taxIncluded: boolean; taxRounding: 'line' | 'document'; country: string }>;
    /**
     * Rates that are known, newest first.
     *
     * @param country - the store's own when left out
     * @param date - only what holds on that day in the store's time
     */
    rates(options?: {
      country?: string;
      date?: Date;
    }): Promise<{ country: string; rates: readonly TaxRate[] }>;
    /** Drops the rates this process keeps; others drop theirs within ten minutes. For whoever changes rates. */
    forgetRates(): void;
  }

  interface Services {
    tax: Tax;
  }
}
export {};

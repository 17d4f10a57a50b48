import type { Cradle, TaxRate } from 'kontor/sdk';

export type Rates = {
  /** All rates of a country, the newest first. No query when warm. */
  of(country: string): Promise<readonly TaxRate[]>;
  /** Reads again at the next question; whoever changes rates calls it. */
  forget(): void;
};

const KEEP_FOR = 600_000; // ms; other processes hear of a change of rates by this at the latest

/** Rates of the reference table, kept in this process by country. */
export function createRates({ clock, database }: Pick<Cradle, 'clock' | 'database'>): Rates {
  const kept = new Map<string, { rates: Promise<readonly TaxRate[]>; until: number }>();

  function read(country: string): Promise<readonly TaxRate[]> {
    const rates = database.read<TaxRate>(
      'rates',
      `select class, valid_from as "validFrom", valid_to as "validTo", rate_bps as "rateBps", confidence, sources
       from tax.rates where country = $1 order by valid_from desc, rate_bps desc`,
      [country],
    );
    rates.catch(() => kept.delete(country));
    return rates;
  }

  return {
    of(country) {
      const now = clock.now().getTime();
      const known = kept.get(country);
      if (known && known.until > now) return known.rates;
      const rates = read(country);
      kept.set(country, { rates, until: now + KEEP_FOR });
      return rates;
    },
    forget: () => kept.clear(),
  };
}

/** The rate of a class on a day; of the first known one for days before all. */
export function rateOn(rates: readonly TaxRate[], taxClass: string, day: string): TaxRate | undefined {
  const ofClass = rates.filter((rate) => rate.class === taxClass);
  const found = ofClass.find(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo),
  );
  return found ?? (day < (ofClass.at(-1)?.validFrom ?? '') ? ofClass.at(-1) : undefined);
}

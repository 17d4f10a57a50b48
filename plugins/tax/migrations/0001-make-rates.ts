import { defineMigration, referenceTable } from 'kontor/sdk';
import source from '../data/eu-vat-rates-2026-11-22.json' with { type: 'json' };

type Period = {
  from: string;
  to: string | null;
  standard: number;
  reduced: number[];
  superReduced: number | null;
  parking: number | null;
  confidence: string;
  sources: string[];
};

const countries: Record<string, { periods: Period[] }> = source.countries;

/** Rates by country, class and first day. Of what the data know, each class of ours gets the one rate it stands for. */
export default defineMigration({
  up: [
    referenceTable('tax.rates', {
      columns: {
        country: 'text not null',
        class: 'text not null',
        valid_from: 'date not null',
        valid_to: 'date',
        rate_bps: 'integer not null',
        confidence: 'text not null',
        sources: 'text[] not null',
      },
      key: ['country', 'class', 'valid_from'],
      checks: {
        rate: 'rate_bps between 0 and 10000',
        span: 'valid_to is null or valid_to >= valid_from',
        class: "class in ('standard', 'intermediate', 'reduced', 'super_reduced')",
      },
    }),
    `insert into tax.rates (country, class, valid_from, valid_to, rate_bps, confidence, sources) values
      ${rows().join(',\n      ')}`,
  ],
  down: ['drop table tax.rates'],
});

function rows(): string[] {
  return Object.entries(countries).flatMap(([country, { periods }]) =>
    periods.flatMap((period) => {
      const span = `'${period.from}', ${period.to ? `'${period.to}'` : 'null'}`;
      const proof = `'${period.confidence}', '{${period.sources.join(',')}}'`;
      return classes(period).map(
        ([name, percent]) => `('${country}', '${name}', ${span}, ${Math.round(percent * 100)}, ${proof})`,
      );
    }),
  );
}

/** The intermediate rate is the parking rate where there is one, else the highest of several reduced ones. */
function classes({ standard, reduced, superReduced, parking }: Period): [name: string, percent: number][] {
  const intermediate = parking ?? (reduced.length > 1 ? Math.max(...reduced) : undefined);
  return [
    ['standard', standard],
    ...(intermediate === undefined ? [] : [['intermediate', intermediate] as [string, number]]),
    ...(reduced.length === 0 ? [] : [['reduced', Math.min(...reduced)] as [string, number]]),
    ...(superReduced === null ? [] : [['super_reduced', superReduced] as [string, number]]),
  ];
}

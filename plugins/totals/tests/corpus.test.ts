import { readFile } from 'node:fs/promises';
import t from 'tap';
import type { Totals, TotalsInput } from 'kontor/sdk';
import { createTotals } from '../services/totals.ts';

type Case = { name: string; input: TotalsInput; totals: Totals };

/** Worked out by hand and by a second program once; an order of ten years ago must come out the same. Never change a line. */
const corpus = JSON.parse(await readFile(new URL('corpus.json', import.meta.url), 'utf8')) as Case[];
const totals = createTotals();

t.test('works every kept order out as it was', (t) => {
  t.equal(corpus.length, 43);
  for (const { name, input, totals: kept } of corpus) t.strictSame(totals.calculate(input), kept, name);
  t.end();
});

t.test('works out by the newest rules what names no version', (t) => {
  const { input, totals: kept } = corpus.at(-1)!;
  const { version, ...newest } = input;
  t.equal(version, totals.version);
  t.strictSame(totals.calculate(newest), kept);
  t.end();
});

import type { LiquidEngine, LiquidFilter } from 'kontor/sdk';
import { Liquid } from 'liquidjs';
import { createEngine } from '../../plugins/liquid/engine/engine.ts';
import { themeTables } from '../../plugins/liquid/engine/tables.ts';
import { cardPage, pictureUrl, price } from './support/card-page.ts';
import { interleaved, type Measured, rounded } from './support/measure.ts';

export const name = 'storefront.render48_ms';

const WARM = 300;
const ROUNDS = 300;

/** 48 cards with six variants each, a snippet for each card, warm: our engine against plain liquidjs on the same templates. */
export async function run(): Promise<Measured> {
  const data = cardPage.data();
  const [ours, plain] = [ourPage(data), plainPage(data)];
  if (squeezed(ours()) !== squeezed(plain())) throw new Error('Expected the same page of both');
  for (let round = 0; round < WARM; round++) ours();
  for (let round = 0; round < WARM / 10; round++) plain();
  const timed = (work: () => string) => async () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  };
  const figures = await interleaved(ROUNDS, { ours: timed(ours), plain: timed(plain) });
  return {
    value: rounded(figures.ours),
    unit: 'ms',
    against: `plain liquidjs: ${rounded(figures.plain)} ms; under 2 on a quiet machine`,
  };
}

function ourPage(data: object): () => string {
  const filters: Record<string, LiquidFilter> = {
    price,
    picture_url: (input, { named }) => pictureUrl(input, named.width),
  };
  const engine: LiquidEngine = createEngine(themeTables({ filters }));
  const page = engine.compile(cardPage.page, 'sections/list');
  const card = engine.compile(cardPage.card, 'snippets/card');
  return () => engine.render(page, { globals: data, partial: () => card }).text;
}

function plainPage(data: object): () => string {
  const engine = new Liquid({ templates: { card: cardPage.card }, cache: true, ownPropertyOnly: true });
  engine.registerFilter('price', price);
  engine.registerFilter('picture_url', (input, [, width]: [string, number]) => pictureUrl(input, width));
  const page = engine.parse(cardPage.page);
  return () => String(engine.renderSync(page, data));
}

/** White space of blocks that write nothing is the one difference. */
const squeezed = (text: string): string => text.replace(/\s+/g, '');

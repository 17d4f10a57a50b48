import { Liquid } from 'liquidjs';
import { cardPage, pictureUrl, price } from './support/card-page.ts';
import { compiledPage } from './support/compiled-page.ts';
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

function ourPage(globals: object): () => string {
  const { engine, page, card } = compiledPage();
  return () => engine.render(page, { globals, partial: () => card }).text;
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

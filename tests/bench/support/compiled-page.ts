import type { LiquidFilter } from 'kontor/sdk';
import { createEngine } from '../../../plugins/liquid/engine/engine.ts';
import { themeTables } from '../../../plugins/liquid/engine/tables.ts';
import { cardPage, pictureUrl, price } from './card-page.ts';

/** The list of 48 cards, as our engine compiles it. */
export function compiledPage() {
  const filters: Record<string, LiquidFilter> = {
    price,
    picture_url: (input, { named }) => pictureUrl(input, named.width),
  };
  const engine = createEngine(themeTables({ filters }));
  const page = engine.compile(cardPage.page, 'sections/list');
  const card = engine.compile(cardPage.card, 'snippets/card');
  return { engine, page, card };
}

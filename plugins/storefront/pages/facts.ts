import { type Html, html, type Variant } from 'kontor/sdk';
import { isGone, type Levels } from '../services/stock.ts';
import { oldPrice } from './cards.ts';
import type { Frame } from './frame.ts';

const FEW = 5; // pieces; from here on their number is told

/** What it costs and whether it is there. */
export function facts(frame: Frame, { chosen, levels }: { chosen: Variant; levels: Levels }): Html {
  const { money, say } = frame;
  const { amount, compareAtAmount: before, lowestRecentAmount: lowest, unit } = chosen;
  const isReduced = before !== null && before > amount;
  const perUnit = unit && Math.round((amount * unit.reference) / unit.quantity);
  const tax = frame.isTaxIncluded ? 'included' : 'added';
  return html`<p class="price"><strong>${money(amount)}</strong>${isReduced ? html` ${oldPrice(frame, money(before))}` : ''}</p>
    <p class="quiet">${say(`price.${tax}${chosen.requiresShipping ? 'Delivered' : ''}`)}</p>
    ${perUnit ? html`<p class="quiet">${say('price.perUnit', { price: money(perUnit), count: unit.reference, unit: unit.unit })}</p>` : ''}
    ${isReduced && lowest !== undefined && lowest !== amount ? html`<p class="quiet">${say('price.lowest', { price: money(lowest) })}</p>` : ''}
    ${stock(frame, chosen, levels)}`;
}

/** Nothing is said of what nobody counts. */
function stock({ say }: Frame, { id }: Variant, levels: Levels): Html {
  const level = levels?.get(id);
  if (!level?.isTracked) return html``;
  const { available } = level;
  if (isGone(levels, id)) return html`<p class="stock stock-none">${say('product.soldOut')}</p>`;
  if (available <= 0) return html`<p class="stock stock-few">${say('stock.later')}</p>`;
  if (available <= FEW) return html`<p class="stock stock-few">${say('stock.few', { count: available })}</p>`;
  return html`<p class="stock">${say('stock.there')}</p>`;
}

import { Html, html, type Product, type Variant } from 'kontor/sdk';
import { isGone, type Levels } from '../services/stock.ts';
import { pictureOf } from './cards.ts';
import { choice } from './choice.ts';
import { facts } from './facts.ts';
import type { Frame } from './frame.ts';

const MOST = 999; // of one kind at once, by a form

type Shown = { levels: Levels; chosen: Variant; problem: string | undefined };

/** A product with its pictures, its variants and the way into the cart. */
export function productMain(frame: Frame, product: Product, { levels, chosen, problem }: Shown): Html {
  const { say } = frame;
  const isAllGone = product.variants.every(({ id }) => isGone(levels, id));
  return html`<article class="product">
    <div class="pictures" data-swap="pictures">${gallery(frame, product, chosen)}</div>
    <div class="buy">
      ${product.vendor ? html`<p class="vendor">${product.vendor}</p>` : ''}
      <h1>${product.title}</h1>
      <div class="facts" aria-live="polite" data-swap="facts">${facts(frame, { chosen, levels })}</div>
      <div data-swap="problem">${problem === undefined ? '' : html`<p class="problem" role="alert">${problem}</p>`}</div>
      <form method="post" action="/cart/add" data-buy>
        <input type="hidden" name="product" value="${product.handle}">
        ${choice(frame, product, { chosen, levels })}
        <div class="row">
          <div><label for="quantity">${say('product.quantity')}</label>
          <input id="quantity" name="quantity" type="number" min="1" max="${MOST}" value="1" inputmode="numeric" required></div>
          <span class="grow" data-swap="button"><button class="button" ${isAllGone ? html`disabled` : ''} ${isGone(levels, chosen.id) ? html`data-gone="${say('product.soldOut')}"` : ''}>${
            isAllGone ? say('product.soldOut') : say('product.add')
          }</button></span>
        </div>
      </form>
      ${product.description ? html`<div class="text">${new Html(product.description)}</div>` : ''}
      ${safety(frame, product)}
    </div>
  </article>`;
}

/** The picture of the chosen variant stands first. */
function gallery({ locale }: Frame, { pictures, title }: Product, { pictureId }: Variant): Html {
  const first = pictures.find(({ mediaId }) => mediaId === pictureId) ?? pictures[0] ?? null;
  const others = pictures.filter((picture) => picture !== first);
  const shown = { locale, alt: title };
  return html`${pictureOf(first, { ...shown, sizes: '(min-width: 60rem) 44vw, 92vw', isFirst: true })}
    ${others.map((picture) => pictureOf(picture, { ...shown, sizes: '(min-width: 60rem) 22vw, 23vw' }))}`;
}

/** Regulation (EU) 2023/988, article 19: who made it and what to heed, before it is bought. */
function safety({ say }: Frame, { safety }: Product): Html {
  const rows = (['manufacturer', 'responsible', 'warnings'] as const).filter((name) => safety[name]);
  if (rows.length === 0) return html``;
  return html`<details><summary>${say('product.safety')}</summary><dl>${rows.map(
    (name) => html`<dt>${say(`safety.${name}`)}</dt><dd>${safety[name]}</dd>`,
  )}</dl></details>`;
}

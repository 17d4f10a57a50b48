import { Html, html, type Product, type StockLevel, type Variant } from 'kontor/sdk';
import { pictureOf } from './cards.ts';
import type { Frame } from './frame.ts';

type Chosen = { levels: ReadonlyMap<number, StockLevel> | undefined; variantId: number | undefined };

/** A product with its pictures, its variants and the way into the cart. */
export function productMain(frame: Frame, product: Product, { levels, variantId }: Chosen): Html {
  const { locale, say } = frame;
  const { variants, pictures } = product;
  const isGone = ({ id }: Variant) => {
    const level = levels?.get(id);
    return level?.isTracked === true && !level.isBackOrderAllowed && level.available <= 0;
  };
  const chosen =
    variants.find(({ id }) => id === variantId) ?? variants.find((one) => !isGone(one)) ?? variants[0]!;
  const [first, ...others] = pictures;
  const sizes = '(min-width: 60rem) 50vw, 100vw';
  return html`<article class="product">
    <div class="pictures">
      ${pictureOf(first ?? null, { locale, alt: product.title, sizes, isFirst: true })}
      ${others.map((picture) => pictureOf(picture, { locale, alt: product.title, sizes }))}
    </div>
    <div class="buy">
      ${product.vendor ? html`<p class="vendor">${product.vendor}</p>` : ''}
      <h1>${product.title}</h1>
      <p class="price" aria-live="polite">${priceOf(frame, chosen)}</p>
      <form method="post" action="/cart/add">
        ${choice(frame, product, { chosen, isGone })}
        <label for="quantity">${say('product.quantity')}</label>
        <input id="quantity" name="quantity" type="number" min="1" max="999" value="1" inputmode="numeric">
        <button class="button" ${isGone(chosen) && variants.length === 1 ? html`disabled` : ''}>${
          isGone(chosen) ? say('product.soldOut') : say('product.add')
        }</button>
      </form>
      <div class="text">${new Html(product.description)}</div>
      ${safety(frame, product)}
    </div>
  </article>`;
}

/** One variant needs no choice; several are told apart by their options and prices. */
function choice(
  { say, money }: Frame,
  { variants, options }: Product,
  { chosen, isGone }: { chosen: Variant; isGone: (variant: Variant) => boolean },
): Html {
  if (variants.length === 1) return html`<input type="hidden" name="id" value="${chosen.id}">`;
  return html`<label for="variant">${options.map(({ name }) => name).join(' / ')}</label>
    <select id="variant" name="id">${variants.map(
      (variant) => html`<option value="${variant.id}" data-price="${money(variant.amount)}"
        ${variant.id === chosen.id ? html`selected` : ''} ${isGone(variant) ? html`disabled` : ''}>${variant.options.join(' / ')} – ${money(variant.amount)}${isGone(variant) ? ` (${say('product.soldOut')})` : ''}</option>`,
    )}</select>`;
}

function priceOf({ money, say }: Frame, { amount, compareAtAmount, unit }: Variant): Html {
  const isReduced = compareAtAmount !== null && compareAtAmount > amount;
  const perUnit = unit && Math.round((amount * unit.reference) / unit.quantity);
  return html`<span data-price>${money(amount)}</span>${isReduced ? html` <s>${money(compareAtAmount)}</s>` : ''}
    <small>${say('price.taxIncluded')}</small>
    ${perUnit ? html`<small>${say('price.perUnit', { price: money(perUnit), count: unit.reference, unit: unit.unit })}</small>` : ''}`;
}

/** Regulation (EU) 2023/988, article 19: who made it and what to heed, before it is bought. */
function safety({ say }: Frame, { safety }: Product): Html {
  const rows = (['manufacturer', 'responsible', 'warnings'] as const).filter((name) => safety[name]);
  if (rows.length === 0) return html``;
  return html`<details><summary>${say('product.safety')}</summary><dl>${rows.map(
    (name) => html`<dt>${say(`safety.${name}`)}</dt><dd>${safety[name]}</dd>`,
  )}</dl></details>`;
}

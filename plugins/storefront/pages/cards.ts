import { type Html, html, type Picture, type ProductCard } from 'kontor/sdk';
import type { Frame } from './frame.ts';

const WIDTHS = [320, 640, 960] as const; // pixels; sizes that media keeps

/** A picture in the sizes that screens need. */
export function pictureOf(
  picture: Picture | null,
  { locale, sizes, alt, isFirst = false }: { locale: string; sizes: string; alt: string; isFirst?: boolean },
): Html {
  if (!picture) return html`<span class="no-picture" aria-hidden="true"></span>`;
  const { path, width, height } = picture;
  const words = picture.alt[locale] ?? Object.values(picture.alt)[0] ?? alt;
  return html`<img src="${path}?width=640" srcset="${WIDTHS.map((size) => `${path}?width=${size} ${size}w`).join(', ')}"
    sizes="${sizes}" width="${width}" height="${height}" alt="${words}" ${isFirst ? html`fetchpriority="high"` : html`loading="lazy"`}>`;
}

/** Products as a grid of cards. */
export function cardGrid(frame: Frame, cards: readonly ProductCard[], soldOut: ReadonlySet<number>): Html {
  return html`<ul class="grid">${cards.map((card, index) => cardOf(frame, card, { isSoldOut: soldOut.has(card.id), isFirst: index < 4 }))}</ul>`;
}

function cardOf(
  { locale, money, say }: Frame,
  card: ProductCard,
  { isSoldOut, isFirst }: { isSoldOut: boolean; isFirst: boolean },
): Html {
  const price = money(card.minAmount);
  const isReduced = card.compareAtAmount !== null && card.compareAtAmount > card.minAmount;
  return html`<li class="card">
    <a href="/products/${card.handle}">
      ${pictureOf(card.picture, { locale, alt: '', isFirst, sizes: '(min-width: 60rem) 22vw, 46vw' })}
      <h3>${card.title}</h3>
    </a>
    <p class="price">${card.maxAmount > card.minAmount ? say('price.from', { price }) : price}
      ${isReduced ? html` <s>${money(card.compareAtAmount!)}</s>` : ''}</p>
    ${isSoldOut ? html`<p class="sold-out">${say('product.soldOut')}</p>` : ''}
  </li>`;
}

import { type Cradle, type Html, html, type Id, type Picture, type ProductCard } from 'kontor/sdk';
import { soldOut } from '../services/stock.ts';
import type { Frame } from './frame.ts';

const WIDTHS = [320, 480, 640, 960, 1200] as const; // pixels; sizes that media keeps
const FIRST = 4; // cards that are seen at once, on nearly every screen

type Shown = { locale: string; sizes: string; alt: string; isFirst?: boolean };

/** A picture in the sizes that screens need. */
export function pictureOf(picture: Picture | null, { locale, sizes, alt, isFirst = false }: Shown): Html {
  if (!picture) return html`<span class="no-picture" aria-hidden="true"></span>`;
  const { path, width, height } = picture;
  const words = picture.alt[locale] ?? Object.values(picture.alt)[0] ?? alt;
  const set = WIDTHS.map((size) => `${path}?width=${size} ${size}w`).join(', ');
  return html`<img src="${path}?width=640" srcset="${set}" sizes="${sizes}" width="${width}" height="${height}" alt="${words}" ${isFirst ? '' : html`loading="lazy"`}>`;
}

/** Products as a grid of cards, by one statement for what is sold out. @param level - of the headings above them, plus one */
export async function cardGrid(
  frame: Frame,
  services: Pick<Cradle, 'inventory'>,
  { cards, level = 2 }: { cards: readonly ProductCard[]; level?: 2 | 3 },
): Promise<Html> {
  const gone = await soldOut(services, cards);
  return html`<ul class="grid">${cards.map((card, at) =>
    cardOf(frame, card, { isSoldOut: gone.has(card.id), isFirst: at < FIRST, level }),
  )}</ul>`;
}

function cardOf(
  { locale, money, say }: Frame,
  card: ProductCard,
  { isSoldOut, isFirst, level }: { isSoldOut: boolean; isFirst: boolean; level: 2 | 3 },
): Html {
  const price = money(card.minAmount);
  const { compareAtAmount: before } = card;
  // A picture beside its title says nothing more.
  const picture = card.picture && { ...card.picture, alt: {} };
  return html`<li class="card"><a href="/products/${card.handle}">
    <span class="frame">${pictureOf(picture, { locale, alt: '', isFirst, sizes: '(min-width: 48rem) 23vw, 46vw' })}
      ${isSoldOut ? html`<span class="tag">${say('product.soldOut')}</span>` : ''}</span>
    ${heading(level, card.title)}</a>
    <p class="price">${card.maxAmount > card.minAmount ? say('price.from', { price }) : price}
      ${before !== null && before > card.minAmount ? oldPrice({ say }, money(before)) : ''}</p>
  </li>`;
}

/** What a line through a price means is not seen by everybody. */
export function oldPrice({ say }: Pick<Frame, 'say'>, price: string): Html {
  return html`<s><span class="unseen">${say('price.before')} </span>${price}</s>`;
}

type Group = {
  readonly handle: string;
  readonly title: string;
  readonly picture: Picture | null;
  readonly id: Id;
};

/** Collections, each with its picture. */
export function collectionGrid(
  { locale }: Frame,
  groups: readonly Group[],
  { level = 2 }: { level?: 2 | 3 } = {},
): Html {
  return html`<ul class="grid collections">${groups.map(({ handle, title, picture }, at) => {
    const shown = { locale, alt: '', isFirst: at < FIRST, sizes: '(min-width: 48rem) 30vw, 46vw' };
    return html`<li class="card"><a href="/collections/${handle}"><span class="frame">${pictureOf(picture && { ...picture, alt: {} }, shown)}</span>${heading(level, title)}</a></li>`;
  })}</ul>`;
}

function heading(level: 2 | 3, text: string): Html {
  return level === 2 ? html`<h2 class="card-title">${text}</h2>` : html`<h3 class="card-title">${text}</h3>`;
}

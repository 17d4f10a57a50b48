import { type Cradle, html, type ProductCard, type RouteRequest, refused, route, Type } from 'kontor/sdk';
import { cardGrid, pictureOf } from '../pages/cards.ts';
import { type Frame, frameOf } from '../pages/frame.ts';
import { page } from '../pages/layout.ts';
import { productMain } from '../pages/product.ts';

const byHandle = Type.Object({ handle: Type.String({ maxLength: 200 }) });
const locale = Type.Optional(Type.String({ maxLength: 10 }));
const cursor = Type.Optional(Type.String({ maxLength: 400 }));
const YEAR = 31_536_000; // seconds

export const home = route({
  method: 'GET',
  path: '/',
  surface: 'storefront',
  access: 'anyone',
  summary: 'The first page of a store',
  query: Type.Object({ locale }),
  async handler(request, services) {
    const frame = await opened(request, services);
    const [newest, groups] = await Promise.all([
      services.catalog.cards({ isVisible: true, sort: 'newest', limit: 8, locale: frame.locale }),
      services.catalog.collections({ isPublished: true, locale: frame.locale }),
    ]);
    const { say, store, settings } = frame;
    const main = html`
      <section class="hero"><h1>${settings.headline || store.name}</h1><p>${settings.introduction}</p></section>
      ${groups.length > 0 ? html`<section><h2>${say('page.collections')}</h2>${collectionGrid(frame, groups.slice(0, 6))}</section>` : ''}
      <section><h2>${say('home.newest')}</h2>${
        newest.cards.length > 0
          ? cardGrid(frame, newest.cards, await soldOut(services, newest.cards))
          : html`<p>${say('home.empty')}</p>`
      }</section>`;
    return page(request.reply, frame, {
      title: store.name,
      main,
      path: '/',
      description: settings.introduction,
    });
  },
});

export const collections = route({
  method: 'GET',
  path: '/collections',
  surface: 'storefront',
  access: 'anyone',
  summary: 'All collections of a store',
  query: Type.Object({ locale }),
  async handler(request, services) {
    const frame = await opened(request, services);
    const groups = await services.catalog.collections({ isPublished: true, locale: frame.locale });
    const title = frame.say('page.collections');
    const main = html`<h1>${title}</h1>${collectionGrid(frame, groups)}
      <p><a href="/collections/all">${frame.say('collection.all')}</a></p>`;
    return page(request.reply, frame, { title, main, path: '/collections' });
  },
});

export const collection = route({
  method: 'GET',
  path: '/collections/:handle',
  surface: 'storefront',
  access: 'anyone',
  summary: 'Products of a collection; `all` is every product',
  params: byHandle,
  query: Type.Object({ cursor, locale }),
  refusals: { notFound: 404 },
  async handler(request, services) {
    const { params, query } = request;
    const frame = await opened(request, services);
    const isAll = params.handle === 'all';
    const found = isAll
      ? undefined
      : await services.catalog.collectionByHandle(params.handle, { locale: frame.locale });
    if (!isAll && !found?.isPublished) return refused('notFound');
    const { cards, next } = await services.catalog.cards({
      isVisible: true,
      locale: frame.locale,
      ...(found && { collectionId: found.id, sort: found.sort }),
      ...(query.cursor !== undefined && { cursor: query.cursor }),
    });
    const path = `/collections/${params.handle}`;
    const title = found?.title ?? frame.say('collection.all');
    const main = html`<h1>${title}</h1>
      ${cardGrid(frame, cards, await soldOut(services, cards))}
      ${next ? html`<p class="more"><a class="button" href="${path}?cursor=${encodeURIComponent(next)}">${frame.say('collection.more')}</a></p>` : ''}`;
    return page(request.reply, frame, { title, main, path });
  },
});

export const product = route({
  method: 'GET',
  path: '/products/:handle',
  surface: 'storefront',
  access: 'anyone',
  summary: 'A product',
  params: byHandle,
  query: Type.Object({ variant: Type.Optional(Type.Integer({ minimum: 1 })), locale }),
  refusals: { notFound: 404 },
  async handler(request, services) {
    const { params, query } = request;
    const frame = await opened(request, services);
    const found = await services.catalog.productByHandle(params.handle, { locale: frame.locale });
    if (!found) return refused('notFound');
    const levels = await services.inventory?.levels(found.variants.map(({ id }) => id));
    const main = productMain(frame, found, { levels, variantId: query.variant });
    const path = `/products/${found.handle}`;
    const description = found.seo.description;
    return page(request.reply, frame, {
      title: found.title,
      main,
      path,
      ...(description && { description }),
    });
  },
});

export const search = route({
  method: 'GET',
  path: '/search',
  surface: 'storefront',
  access: 'anyone',
  summary: 'Products by words',
  query: Type.Object({ q: Type.String({ maxLength: 200, default: '' }), cursor, locale }),
  async handler(request, services) {
    const { q: text, cursor: from } = request.query;
    const frame = await opened(request, services);
    const { say } = frame;
    const more = { locale: frame.locale, ...(from !== undefined && { cursor: from }) };
    const found =
      text.trim() === ''
        ? undefined
        : services.search
          ? await services.search.search({ text, ...more })
          : await services.catalog.cards({ text, isVisible: true, ...more });
    const title = text === '' ? say('search.label') : say('search.title', { text });
    const cards = found?.cards ?? [];
    const next = found?.next;
    const main = html`<h1>${title}</h1>
      ${found && cards.length === 0 ? html`<p>${say('search.nothing')} <a href="/collections/all">${say('collection.all')}</a></p>` : ''}
      ${cardGrid(frame, cards, await soldOut(services, cards))}
      ${next ? html`<p class="more"><a class="button" href="/search?q=${encodeURIComponent(text)}&cursor=${encodeURIComponent(next)}">${say('collection.more')}</a></p>` : ''}`;
    return page(request.reply, frame, { title, main, path: '/search' });
  },
});

/** A language that is chosen stays chosen. */
async function opened(
  request: RouteRequest<unknown, { locale?: string }, unknown>,
  services: Cradle,
): Promise<Frame> {
  const wanted = request.query.locale;
  if (wanted === undefined || !request.store.locales.includes(wanted)) return frameOf(request, services);
  request.reply.cookie('locale', wanted, { maxAge: YEAR });
  const asked = Object.create(request, { cookies: { value: { ...request.cookies, locale: wanted } } });
  return frameOf(asked, services);
}

function collectionGrid(
  { locale }: Frame,
  groups: readonly Awaited<ReturnType<Cradle['catalog']['collections']>>[number][],
) {
  return html`<ul class="grid collections">${groups.map(
    ({ handle, title, picture }) => html`<li class="card"><a href="/collections/${handle}">
      ${pictureOf(picture, { locale, alt: '', sizes: '(min-width: 60rem) 30vw, 46vw' })}<h3>${title}</h3></a></li>`,
  )}</ul>`;
}

/** Products of which no variant can be had. */
async function soldOut(
  { inventory }: Pick<Cradle, 'inventory'>,
  cards: readonly ProductCard[],
): Promise<ReadonlySet<number>> {
  const levels = await inventory?.levels(cards.flatMap(({ variantIds }) => variantIds));
  if (!levels) return new Set();
  const isGone = (id: number) => {
    const level = levels.get(id);
    return level?.isTracked === true && !level.isBackOrderAllowed && level.available <= 0;
  };
  return new Set(cards.filter(({ variantIds }) => variantIds.every(isGone)).map(({ id }) => id));
}

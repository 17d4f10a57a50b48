import {
  type CardSort,
  type Collection,
  type Cradle,
  Html,
  html,
  type ProductCard,
  route,
  Type,
} from 'kontor/sdk';
import { cardGrid, collectionGrid } from '../pages/cards.ts';
import { openFrame } from '../pages/frame.ts';
import { page } from '../pages/layout.ts';
import { pager, sortLinks } from '../pages/list.ts';
import { notFound } from '../pages/not-found.ts';
import { orFirstPage } from '../services/first-page.ts';
import { ByHandle, Cursor, forVisitors, Language, oneOf, Sort } from './shared.ts';

const SORTS = ['newest', 'price', '-price', 'title'] as const satisfies CardSort[];

export const collections = route({
  ...forVisitors,
  path: '/collections',
  summary: 'All collections of a store',
  query: Type.Object({ locale: Language }),
  async handler(request, services) {
    const frame = await openFrame(request, services);
    const groups = await services.catalog.collections({ isPublished: true, locale: frame.locale });
    const title = frame.say('page.collections');
    const main = html`<h1>${title}</h1>${collectionGrid(frame, groups)}
      <p><a href="/collections/all">${frame.say('collection.all')}</a></p>`;
    return page(request.reply, frame, { title, main, path: '/collections' });
  },
});

export const collection = route({
  ...forVisitors,
  path: '/collections/:handle',
  summary: 'Products of a collection; `all` is every product',
  params: ByHandle,
  query: Type.Object({ cursor: Cursor, sort: Sort, locale: Language }),
  refusals: { notFound: 404 },
  async handler(request, services) {
    const { params, query } = request;
    const frame = await openFrame(request, services);
    const { say, locale } = frame;
    const sort = oneOf(SORTS, query.sort);
    const found = await orFirstPage(query.cursor, (from) =>
      pageOf(services, params.handle, { ...from, locale, ...(sort && { sort }) }),
    );
    if (!found) return notFound(request, services);
    const { collection: group, cards, next } = found;
    if (group && group.handle !== params.handle) {
      return void request.reply.redirect(addressOf(group.handle, frame.query), 302);
    }
    const path = `/collections/${params.handle}`;
    const title = group?.title ?? say('collection.all');
    const sorts = group ? ['own', ...SORTS] : SORTS;
    const main = html`<div class="head"><h1>${title}</h1>${group?.description ? html`<div class="text">${new Html(group.description)}</div>` : ''}</div>
      ${cards.length > 1 || query.cursor ? sortLinks(frame, { sorts, chosen: sort ?? sorts[0]!, at: { path } }) : ''}
      ${cards.length > 0 ? await cardGrid(frame, services, { cards }) : html`<p>${say('collection.empty')}</p>`}
      ${pager(frame, { at: { path }, sort, next })}`;
    const description = group?.seo.description;
    return page(request.reply, frame, {
      title: group?.seo.title || title,
      main,
      path,
      ...(description && { description }),
    });
  },
});

type Page = { collection?: Collection; cards: readonly ProductCard[]; next: string | null };

/** A collection with its products, or all products; one statement each. */
async function pageOf(
  { catalog }: Pick<Cradle, 'catalog'>,
  handle: string,
  query: { sort?: CardSort; cursor?: string; locale: string },
): Promise<Page | undefined> {
  return handle === 'all'
    ? catalog.cards({ ...query, isVisible: true })
    : catalog.collectionPage(handle, query);
}

function addressOf(handle: string, query: Readonly<Record<string, string>>): string {
  const text = String(new URLSearchParams(query));
  return `/collections/${encodeURIComponent(handle)}${text && `?${text}`}`;
}

import { html, route, type SearchQuery, Type } from 'kontor/sdk';
import { cardGrid } from '../pages/cards.ts';
import { openFrame } from '../pages/frame.ts';
import { page } from '../pages/layout.ts';
import { pager, sortLinks } from '../pages/list.ts';
import { orFirstPage } from '../services/first-page.ts';
import { Cursor, forVisitors, Language, oneOf, Sort } from './shared.ts';

const SORTS = ['relevance', 'newest', 'price', '-price'] as const satisfies SearchQuery['sort'][];
const LONGEST = 200; // letters that are searched for

export const search = route({
  ...forVisitors,
  path: '/search',
  summary: 'Products by words',
  query: Type.Object({ q: Type.String({ default: '' }), cursor: Cursor, sort: Sort, locale: Language }),
  async handler(request, services) {
    const { catalog, search: engine } = services;
    const { query } = request;
    const frame = await openFrame(request, services);
    const { locale, say } = frame;
    const text = query.q.trim().slice(0, LONGEST).toWellFormed();
    const sort = oneOf(SORTS, query.sort);
    const found = await orFirstPage(query.cursor, async (from) => {
      if (text === '') return undefined;
      if (engine) return engine.search({ ...from, text, locale, ...(sort && { sort }) });
      const { cards, next } = await catalog.cards({ ...from, text, isVisible: true, locale });
      return { cards, next, corrected: null };
    });
    const { cards = [], next = null, corrected = null } = found ?? {};
    const at = { path: '/search', query: { q: text } };
    const title = text === '' ? say('search.label') : say('search.title', { text });
    const main = html`<h1>${title}</h1>
      ${corrected ? html`<p>${say('search.corrected', { text: corrected })}</p>` : ''}
      ${engine && cards.length > 1 ? sortLinks(frame, { sorts: SORTS, chosen: sort ?? 'relevance', at }) : ''}
      ${cards.length > 0 ? await cardGrid(frame, services, { cards }) : nothing()}
      ${pager(frame, { at, sort, next })}`;
    return page(request.reply, frame, { title, main, path: '/search', isHidden: true });

    function nothing() {
      return html`<p>${text === '' ? say('search.ask') : say('search.nothing')}</p>
        <p><a class="button" href="/collections/all">${say('collection.all')}</a></p>`;
    }
  },
});

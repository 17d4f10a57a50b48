import { html, route, Type } from 'kontor/sdk';
import { cardGrid, collectionGrid } from '../pages/cards.ts';
import { openFrame } from '../pages/frame.ts';
import { page } from '../pages/layout.ts';
import { forVisitors, Language } from './shared.ts';

const NEWEST = 8; // two rows
const MOST_GROUPS = 6; // two rows

export const home = route({
  ...forVisitors,
  path: '/',
  summary: 'The first page of a store',
  query: Type.Object({ locale: Language }),
  async handler(request, services) {
    const frame = await openFrame(request, services);
    const { locale, say, store, settings } = frame;
    const { catalog } = services;
    const [{ cards }, groups] = await Promise.all([
      catalog.cards({ isVisible: true, sort: 'newest', limit: NEWEST, locale }),
      catalog.collections({ isPublished: true, locale }),
    ]);
    const main = html`
      <section class="hero"><h1>${settings.headline || store.name}</h1>
        ${settings.introduction ? html`<p>${settings.introduction}</p>` : ''}
        <p><a class="button" href="/collections/all">${say('home.enter')}</a></p></section>
      ${
        groups.length > 0
          ? html`<section><h2>${say('page.collections')}</h2>${collectionGrid(frame, groups.slice(0, MOST_GROUPS), { level: 3 })}
        ${groups.length > MOST_GROUPS ? html`<p><a href="/collections">${say('home.allCollections')}</a></p>` : ''}</section>`
          : ''
      }
      <section><h2>${say('home.newest')}</h2>${cards.length > 0 ? await cardGrid(frame, services, { cards, level: 3 }) : html`<p>${say('home.empty')}</p>`}</section>`;
    const description = settings.introduction;
    return page(request.reply, frame, { title: store.name, main, path: '/', description });
  },
});

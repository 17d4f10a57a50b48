import type { MenuLink as KeptLink } from 'kontor/sdk';
import type { Load } from './load.ts';
import type { Menu, MenuLink } from './wants.ts';

const MOST = 7; // collections in a line, before it breaks

/** A menu of the store. Without a plugin that keeps menus there are two: the collections, and what stands below a page. */
export async function menuOf(handle: string, at: Load): Promise<Menu | null> {
  const kept = await at.services.content?.menu(handle, { locale: at.locale });
  if (kept && kept.links.length > 0) return { handle, title: kept.title, links: kept.links.map(keptLink) };
  if (handle === 'main-menu') return { handle, title: at.say('page.menu'), links: await mainLinks(at) };
  if (handle === 'footer') return { handle, title: at.say('page.menu'), links: footLinks(at) };
  return null;
}

function keptLink({ title, url, target, links }: KeptLink): MenuLink {
  return { title, url, type: `${target}_link`, links: links.map(keptLink) };
}

async function mainLinks({ wants, services, locale, say }: Load): Promise<MenuLink[]> {
  if (!wants.has('collections', 'all')) {
    wants.put('collections', 'all', await services.catalog.collections({ isPublished: true, locale }));
  }
  const collections = wants.get('collections', 'all') ?? [];
  return [
    link(say('collection.all'), '/collections/all', 'catalog_link'),
    ...collections
      .slice(0, MOST)
      .map(({ title, handle }) =>
        link(title, `/collections/${encodeURIComponent(handle)}`, 'collection_link'),
      ),
  ];
}

function footLinks({ say }: Load): MenuLink[] {
  return [
    link(say('search.label'), '/search', 'search_link'),
    link(say('page.collections'), '/collections', 'collections_link'),
  ];
}

const link = (title: string, url: string, type: string): MenuLink => ({ title, url, type, links: [] });

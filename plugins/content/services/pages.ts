import type { Content, ContentPage, Cradle, DefaultPageKey, Id } from 'kontor/sdk';
import { removePage, savePage } from '../actions/save-page.ts';
import type { Defaults } from './defaults.ts';
import { factsOf } from './fill-in.ts';
import { type Look, type PageRow, readPages, shownPage } from './page-rows.ts';

/** The part of the service that is about pages. */
export function createPages(
  services: Cradle,
  defaults: Defaults,
): Pick<Content, 'page' | 'pages' | 'createPage' | 'updatePage' | 'removePage'> {
  return {
    page: (handle, { locale } = {}) => visiblePage(services, { defaults, handle, locale }),
    pages: (which, { locale } = {}) => visiblePages(services, { defaults, which, locale }),
    createPage: (input) => savePage(services, { defaults, input }),
    updatePage: (id, { version, ...input }) => savePage(services, { defaults, input, id, version }),
    removePage: (id) => removePage(services, id),
  };
}

/** For visitors: with the store's data filled in. */
export async function look(services: Cradle, locale?: string): Promise<Look> {
  const facts = await factsOf(services);
  return { locale, locales: services.stores.current().locales, now: services.clock.now(), facts };
}

/** A default as visitors see it. */
export function shownDefault(row: PageRow, seen: Look): ContentPage {
  return { ...shownPage(row, seen), id: null };
}

async function visiblePage(
  services: Cradle,
  { defaults, handle, locale }: { defaults: Defaults; handle: string; locale: string | undefined },
): Promise<ContentPage | undefined> {
  const rows = await readPages(services, {
    name: 'by-handle',
    where: `and (p.id = (select h.page_id from content.page_handles h where h.store_id = $1 and h.handle = $2)
      or p.default_key = $2)`,
    values: [handle],
  });
  const seen = await look(services, locale);
  const page = rows.map((row) => shownPage(row, seen)).find((one) => one.isVisible);
  // A default that the store has made its own and hides is not seen.
  if (page || rows.some(({ defaultKey }) => defaultKey === handle)) return page;
  const row = await defaults.page(handle);
  return row && shownDefault(row, seen);
}

async function visiblePages(
  services: Cradle,
  { defaults, which, locale }: { defaults: Defaults; which: Which; locale: string | undefined },
): Promise<ContentPage[]> {
  const handles = 'handles' in which ? which.handles : [];
  const rows = await readPages(services, {
    name: 'several',
    where: `and (p.id = any($2) or p.default_key = any($3) or p.id in (
      select h.page_id from content.page_handles h where h.store_id = $1 and h.handle = any($3))) limit 500`,
    values: ['ids' in which ? which.ids : [], handles],
  });
  const seen = await look(services, locale);
  const own = new Set(rows.map(({ defaultKey }) => defaultKey));
  const keys = handles.filter((handle) => !own.has(handle as DefaultPageKey));
  const found = (await Promise.all(keys.map((key) => defaults.page(key)))).filter((row) => row !== undefined);
  const pages = rows.map((row) => shownPage(row, seen)).filter(({ isVisible }) => isVisible);
  const taken = new Set(pages.flatMap(({ handles }) => Object.values(handles)));
  return [
    ...pages,
    ...found.filter(({ handle }) => !taken.has(handle)).map((row) => shownDefault(row, seen)),
  ];
}

type Which = { ids: readonly Id[] } | { handles: readonly string[] };

import type { Cradle, Id, MenuItem, MenuTarget } from 'kontor/sdk';
import { readArticles, shownArticle } from './article-rows.ts';
import { readBlogs, shownBlog } from './blog-rows.ts';
import type { Defaults } from './defaults.ts';
import { readPages, shownPage } from './page-rows.ts';
import { POLICY_KEYS } from './policy-keys.ts';

/** Where a target is; undefined for what is gone or hidden. */
export type Places = (item: MenuItem) => { url: string; handle: string | null } | undefined;
type Found = ReadonlyMap<Id | string, { url: string; handle: string }>;

const AT_ONCE = 100; // products of one question
const FIXED: Partial<Record<MenuTarget, string>> = {
  home: '/',
  search: '/search',
  products: '/collections/all',
  collections: '/collections',
};

/** Looks up what all entries of a menu point at: a statement for each kind, however many entries. */
export async function placesOf(
  services: Cradle,
  { items, defaults, locale }: { items: readonly MenuItem[]; defaults: Defaults; locale: string | undefined },
): Promise<Places> {
  const all = flat(items);
  const ids = (target: MenuTarget) =>
    all.flatMap((item) => (item.target === target && item.targetId !== undefined ? [item.targetId] : []));
  const keys = all.flatMap(({ targetKey }) => (targetKey === undefined ? [] : [targetKey]));
  const look = { locale, locales: services.stores.current().locales, now: services.clock.now() };
  const found: Partial<Record<MenuTarget, Found>> = {
    product: await products(services, { ids: ids('product'), locale }),
    collection: await collections(services, { ids: ids('collection'), locale }),
    page: await pages(services, { ids: ids('page'), keys, defaults, look }),
    blog: await blogs(services, { ids: ids('blog'), look }),
    article: await articles(services, { ids: ids('article'), look }),
  };
  return (item) => {
    const { target, targetId, targetKey, url } = item;
    if (target === 'url') return { url: url ?? '#', handle: null };
    if (target === 'policy') return policy(found.page!, targetKey);
    const fixed = FIXED[target];
    return fixed ? { url: fixed, handle: null } : found[target]?.get(targetId ?? targetKey ?? '');
  };
}

export function flat(items: readonly MenuItem[]): MenuItem[] {
  return items.flatMap((item) => [item, ...flat(item.items ?? [])]);
}

function policy(pages: Found, handle = ''): { url: string; handle: string } | undefined {
  const key = POLICY_KEYS[handle as keyof typeof POLICY_KEYS];
  return key && pages.has(key) ? { url: `/policies/${handle}`, handle } : undefined;
}

type Look = { locale: string | undefined; locales: readonly string[]; now: Date };
const entry = (path: string, handle: string) => ({ url: `${path}/${handle}`, handle });

async function products(
  { catalog }: Cradle,
  { ids, locale }: { ids: readonly Id[]; locale: string | undefined },
): Promise<Found> {
  const found = new Map<Id, { url: string; handle: string }>();
  for (let at = 0; at < ids.length && catalog; at += AT_ONCE) {
    const { cards } = await catalog.cards({
      ids: ids.slice(at, at + AT_ONCE),
      isVisible: true,
      limit: AT_ONCE,
      ...(locale ? { locale } : {}),
    });
    for (const { id, handle } of cards) found.set(id, entry('/products', handle));
  }
  return found;
}

async function collections(
  { catalog }: Cradle,
  { ids, locale }: { ids: readonly Id[]; locale: string | undefined },
): Promise<Found> {
  if (ids.length === 0 || !catalog) return new Map();
  const all = await catalog.collections({ isPublished: true, ...(locale ? { locale } : {}) });
  return new Map(all.map(({ id, handle }) => [id, entry('/collections', handle)]));
}

/** By id, and by the key of a default. Without bodies in what is given, but one statement reads them: menus are kept. */
async function pages(
  services: Cradle,
  {
    ids,
    keys,
    defaults,
    look,
  }: { ids: readonly Id[]; keys: readonly string[]; defaults: Defaults; look: Look },
): Promise<Found> {
  const wanted = keys.map((key) => POLICY_KEYS[key as keyof typeof POLICY_KEYS] ?? key);
  if (ids.length === 0 && wanted.length === 0) return new Map();
  const where = 'and (p.id = any($2) or p.default_key = any($3))';
  const rows = await readPages(services, { name: 'for-menu', where, values: [ids, wanted] });
  const own = new Set(rows.map(({ defaultKey }) => defaultKey as string | null));
  const others = await Promise.all(wanted.filter((key) => !own.has(key)).map((key) => defaults.page(key)));
  const found = new Map<Id | string, { url: string; handle: string }>();
  for (const row of [...rows, ...others]) {
    const page = row && shownPage(row, look);
    if (!page?.isVisible) continue;
    const place = entry('/pages', page.handle);
    if (page.version > 0) found.set(page.id!, place);
    if (page.defaultKey) found.set(page.defaultKey, place);
  }
  return found;
}

async function blogs(services: Cradle, { ids, look }: { ids: readonly Id[]; look: Look }): Promise<Found> {
  if (ids.length === 0) return new Map();
  const rows = await readBlogs(services, { name: 'for-menu', where: 'and b.id = any($3)', values: [ids] });
  return new Map(rows.map((row) => [row.id, entry('/blogs', shownBlog(row, look).handle)]));
}

async function articles(services: Cradle, { ids, look }: { ids: readonly Id[]; look: Look }): Promise<Found> {
  if (ids.length === 0) return new Map();
  const where = 'and a.id = any($2) and a.is_published and a.published_at <= $3';
  const values = [ids, look.now];
  const rows = await readArticles(services, { name: 'for-menu', where, values, isWithBody: false });
  return new Map(
    rows.map((row) => {
      const { blogHandle, handle } = shownArticle(row, look);
      return [row.id, entry(`/blogs/${blogHandle}`, handle)];
    }),
  );
}

/** Entries whose target this store does not have, in whatever state it may be. */
export async function unknownTargets(services: Cradle, items: readonly MenuItem[]): Promise<MenuItem[]> {
  const all = flat(items).filter(({ targetId }) => targetId !== undefined);
  const known = new Map<MenuTarget, ReadonlySet<Id>>();
  for (const target of new Set(all.map((item) => item.target))) {
    const ids = all.filter((item) => item.target === target).map(({ targetId }) => targetId!);
    known.set(target, new Set(await idsOf(services, { target, ids })));
  }
  return all.filter(({ target, targetId }) => !known.get(target)!.has(targetId!));
}

const TABLES: Partial<Record<MenuTarget, string>> = {
  page: 'content.pages',
  blog: 'content.blogs',
  article: 'content.articles',
};

async function idsOf(
  { catalog, database, stores }: Cradle,
  { target, ids }: { target: MenuTarget; ids: readonly Id[] },
): Promise<Id[]> {
  if (target === 'collection') return ((await catalog?.collections()) ?? []).map(({ id }) => id);
  if (target === 'product') {
    const parts = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, at) =>
      ids.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
    );
    const found = await Promise.all(parts.map((part) => catalog?.cards({ ids: part, limit: AT_ONCE })));
    return found.flatMap((page) => page?.cards.map(({ id }) => id) ?? []);
  }
  const rows = await database.query<{ id: Id }>(
    `select id from ${TABLES[target]!} where store_id = $1 and id = any($2)`,
    [stores.current().id, ids],
  );
  return rows.map(({ id }) => id);
}

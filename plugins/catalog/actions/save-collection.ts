import {
  actorName,
  type Catalog,
  type Collection,
  type Cradle,
  type Id,
  ok,
  type Picture,
  refused,
} from 'kontor/sdk';
import { sanitise } from '../services/sanitise.ts';
import { freeHandles, writeHandles } from '../services/collection-handles.ts';
import { badRule } from '../services/collection-rules.ts';
import { type CollectionRow, readCollections, shown } from '../services/collection-rows.ts';
import { fillCollection } from './fill-collection.ts';
import { placeByHand } from './place-by-hand.ts';

type Input = Parameters<Catalog['saveCollection']>[0];
type Texts = Collection['translations'];

/**
 * Makes a collection, or changes one: what is left out stays. Its members are right when this returns, but for rules in a
 * store of more than 500 products, where a job goes on.
 */
export async function saveCollection(services: Cradle, input: Input): ReturnType<Catalog['saveCollection']> {
  const { database, events } = services;
  const bad = badRule(input.rules ?? []);
  if (bad) return refused('badRule', { rule: bad });
  return database.transaction(async () => {
    const before = input.id === undefined ? undefined : await lockCollection(services, input.id);
    if (input.id !== undefined && !before) return refused('notFound', { collectionId: input.id });
    if (before && input.version !== undefined && input.version !== before.version)
      return refused('changed', {
        version: before.version,
        changedBy: before.changedBy,
        changedAt: before.updatedAt.toISOString(),
      });
    const picture = await pictureOf(services, input, before);
    if (picture === undefined) return refused('unknownPicture', { pictureId: input.pictureId });
    const unknown = await unknownProducts(services, input.productIds ?? []);
    if (unknown.length > 0) return refused('unknownProduct', { productIds: unknown });
    const next = merged({ input, before, picture });
    const isChosen = input.handle !== undefined;
    const handles = await freeHandles(services, { ...next, isChosen });
    if (typeof handles === 'string') return refused('handleTaken', { handle: handles });

    const id = await writeCollection(services, { ...next, handle: handles[0]!.handle });
    await writeHandles(services, { id, handles });
    const hasNewRules =
      JSON.stringify([next.rules, next.match]) !==
      JSON.stringify([before?.rules ?? [], before?.match ?? 'all']);
    const collection = { id, rules: next.rules, match: next.match };
    if (input.productIds) await placeByHand(services, { collection, productIds: input.productIds });
    if (hasNewRules) await fillCollection(services, collection);
    await events.emit('catalog.collection_saved', { collectionId: id }, { entity: `collection:${id}` });
    const [row] = await readCollections(services, { name: 'by-id', where: 'and c.id = $2', values: [id] });
    return ok(shown(row!));
  });
}

async function lockCollection(services: Cradle, id: Id): Promise<CollectionRow | undefined> {
  const where = 'and c.id = $2 for no key update';
  const [row] = await readCollections(services, { name: 'lock', where, values: [id] });
  return row;
}

/** undefined when the store has no such picture. */
async function pictureOf(
  services: Cradle,
  { pictureId }: Input,
  before: CollectionRow | undefined,
): Promise<Picture | null | undefined> {
  if (pictureId === undefined) return before?.picture ?? null;
  if (pictureId === null) return null;
  return (await services.media?.pictures([pictureId]))?.[0];
}

async function unknownProducts({ database, stores }: Cradle, ids: readonly Id[]): Promise<Id[]> {
  if (ids.length === 0) return [];
  const rows = await database.query<{ id: Id }>(
    'select id from catalog.products where store_id = $1 and id = any($2)',
    [stores.current().id, ids],
  );
  const known = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}

type Next = Omit<CollectionRow, 'id' | 'productCount' | 'changedBy' | 'updatedAt'> & { id: Id | undefined };

function merged(from: { input: Input; before: CollectionRow | undefined; picture: Picture | null }): Next {
  const { input, before, picture } = from;
  return {
    id: before?.id,
    version: (before?.version ?? 0) + 1,
    handle: input.handle ?? before?.handle ?? input.title,
    title: input.title,
    description: sanitise(input.description ?? before?.description ?? ''),
    picture,
    isPublished: input.isPublished ?? before?.isPublished ?? false,
    sort: input.sort ?? before?.sort ?? 'position',
    rules: [...(input.rules ?? before?.rules ?? [])],
    match: input.match ?? before?.match ?? 'all',
    seoTitle: input.seo?.title ?? before?.seoTitle ?? '',
    seoDescription: input.seo?.description ?? before?.seoDescription ?? '',
    translations: cleanTexts(input.translations ?? before?.translations ?? {}),
  };
}

/** Texts of a language that has none of them are left out. */
function cleanTexts(translations: Texts): Texts {
  return Object.fromEntries(
    Object.entries(translations).map(([locale, { description, ...texts }]) => [
      locale,
      { ...texts, ...(description === undefined ? {} : { description: sanitise(description) }) },
    ]),
  );
}

async function writeCollection({ clock, database, stores }: Cradle, next: Next): Promise<Id> {
  const now = clock.now();
  const values = {
    version: next.version,
    handle: next.handle,
    title: next.title,
    description: next.description,
    picture: next.picture && JSON.stringify(next.picture),
    is_published: next.isPublished,
    sort: next.sort,
    rules: JSON.stringify(next.rules),
    is_ruled: next.rules.length > 0,
    match: next.match,
    seo_title: next.seoTitle,
    seo_description: next.seoDescription,
    translations: JSON.stringify(next.translations),
    changed_by: actorName(stores.actor()),
    updated_at: now,
  };
  const names = Object.keys(values);
  const places = names.map((_, index) => `$${index + 3}`);
  const sql =
    next.id === undefined
      ? `insert into catalog.collections (store_id, created_at, ${names.join(', ')}) values ($1, $2, ${places.join(', ')}) returning id`
      : `update catalog.collections set ${names.map((name, index) => `${name} = ${places[index]}`).join(', ')} where store_id = $1 and id = $2 returning id`;
  const [row] = await database.query<{ id: Id }>(sql, [
    stores.current().id,
    next.id ?? now,
    ...Object.values(values),
  ]);
  return row!.id;
}

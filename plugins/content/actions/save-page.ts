import {
  type ContentPage,
  type ContentTexts,
  type Cradle,
  type DefaultPageKey,
  type Id,
  ok,
  type PageInput,
  type PageRefusal,
  refused,
  type Result,
} from 'kontor/sdk';
import { type Defaults, isDefaultKey } from '../services/defaults.ts';
import { freeHandles, PAGE_HANDLES, writeHandles } from '../services/handles.ts';
import { takeTurn } from '../services/kept.ts';
import { type PageRow, readPages, shownPage } from '../services/page-rows.ts';
import { sanitise } from '../services/sanitise.ts';
import { searchWords } from '../services/search-words.ts';
import { shownPictures } from '../services/shown-pictures.ts';
import { line, slug } from '../services/texts.ts';
import { DESCRIPTION, tidyTranslations } from '../services/translations.ts';
import { staleness, writeRow } from '../services/write-row.ts';

type Input = Partial<PageInput> & { defaultKey?: DefaultPageKey };
type Saved = Result<ContentPage, PageRefusal | 'alreadyOwn'>;
type Wish = { defaults: Defaults; input: Input; id?: Id; version?: number | undefined };

/**
 * Makes a page, or changes one: what is left out stays. A new one at the address of a platform default takes its place, and
 * begins with its texts where it has none.
 */
export async function savePage(
  services: Cradle,
  wish: Wish & { id: Id },
): Promise<Result<ContentPage, PageRefusal>>;
export async function savePage(services: Cradle, wish: Wish): Promise<Saved>;
export async function savePage(services: Cradle, { defaults, input, id, version }: Wish): Promise<Saved> {
  const { clock, database, events, stores } = services;
  return database.transaction(async () => {
    await takeTurn(services);
    const before = id === undefined ? undefined : await findPage(services, id);
    if (id !== undefined && !before) return refused('notFound', { pageId: id });
    const stale = before && staleness(before, version);
    if (stale) return stale;
    const key = before ? before.defaultKey : await defaultKeyOf(services, input);
    if (typeof key === 'object' && key !== null) return refused('alreadyOwn', { pageId: key.ownedBy });
    const next = merged(input, before ?? (key === null ? undefined : await defaults.page(key)));
    const handles = await freeHandles(services, PAGE_HANDLES, {
      ...{ id, handle: next.handle || next.title, translations: next.translations },
      isChosen: input.handle !== undefined || (!before && key !== null),
    });
    if ('taken' in handles) return refused('handleTaken', { handle: handles.taken });

    const { title, body, translations } = next;
    const texts = Object.values(translations);
    const bodies = [body, ...texts.map((text) => text.body)];
    const pageId = await writeRow(services, {
      table: 'content.pages',
      id,
      values: {
        ...{ handle: handles[0], default_key: key, title, body, translations },
        ...{ seo_title: next.seoTitle, seo_description: next.seoDescription },
        ...{ template: next.template, author: next.author },
        ...{ is_published: next.isPublished, publish_at: next.publishAt },
        media_ids: await shownPictures(services, bodies),
        words: searchWords([title, ...texts.map((text) => text.title), ...bodies]),
      },
    });
    await writeHandles(services, PAGE_HANDLES, { id: pageId, handles });
    await events.emit('content.page_saved', { pageId }, { entity: `page:${pageId}` });
    const row = await findPage(services, pageId);
    return ok(shownPage(row!, { locales: stores.current().locales, now: clock.now() }));
  });
}

/** Removes a page; a default that it stood in place of is seen again. */
export async function removePage(services: Cradle, id: Id): Promise<Result<undefined, 'notFound'>> {
  const { database, events, stores } = services;
  return database.transaction(async () => {
    const gone = await database.query(
      'delete from content.pages where store_id = $1 and id = $2 returning id',
      [stores.current().id, id],
    );
    if (gone.length === 0) return refused('notFound', { pageId: id });
    await takeTurn(services);
    await events.emit('content.page_saved', { pageId: id }, { entity: `page:${id}` });
    return ok();
  });
}

/** A page in any state, as it is written. */
export async function findPage(services: Cradle, id: Id): Promise<PageRow | undefined> {
  const [row] = await readPages(services, { name: 'by-id', where: 'and p.id = $2', values: [id] });
  return row;
}

async function defaultKeyOf(
  services: Cradle,
  { defaultKey, handle, title = '' }: Input,
): Promise<DefaultPageKey | null | { ownedBy: Id }> {
  const address = slug(handle ?? title);
  const key = defaultKey ?? (isDefaultKey(address) ? address : undefined);
  if (key === undefined) return null;
  const [row] = await readPages(services, { name: 'by-key', where: 'and p.default_key = $2', values: [key] });
  if (!row) return key;
  return defaultKey === undefined ? null : { ownedBy: row.id };
}

type Next = Omit<PageRow, 'id' | 'version' | 'defaultKey' | 'createdAt' | 'changedAt' | 'changedBy'>;

function merged(input: Input, before: PageRow | undefined): Next {
  const translations: Record<string, ContentTexts> = input.translations
    ? tidyTranslations(input.translations)
    : (before?.translations ?? {});
  const seo = input.seo ?? {};
  return {
    handle: input.handle ?? before?.handle ?? '',
    title: input.title === undefined ? (before?.title ?? '') : line(input.title),
    body: input.body === undefined ? (before?.body ?? '') : sanitise(input.body),
    seoTitle: seo.title === undefined ? (before?.seoTitle ?? '') : line(seo.title),
    seoDescription:
      seo.description === undefined ? (before?.seoDescription ?? '') : line(seo.description, DESCRIPTION),
    template: input.template ?? before?.template ?? '',
    author: input.author === undefined ? (before?.author ?? '') : line(input.author),
    isPublished: input.isPublished ?? before?.isPublished ?? false,
    publishAt: input.publishAt === undefined ? (before?.publishAt ?? null) : input.publishAt,
    translations,
  };
}

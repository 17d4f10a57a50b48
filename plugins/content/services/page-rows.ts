import type { ContentPage, ContentTexts, Cradle, DefaultPageKey, Id } from 'kontor/sdk';
import { type Facts, fillIn } from './fill-in.ts';
import { handlesIn } from './handles.ts';
import { textsIn } from './texts.ts';

/** A page as its table has it. */
export type PageRow = {
  id: Id;
  version: number;
  defaultKey: DefaultPageKey | null;
  handle: string;
  title: string;
  body: string;
  seoTitle: string;
  seoDescription: string;
  template: string;
  author: string;
  isPublished: boolean;
  publishAt: Date | null;
  translations: Record<string, ContentTexts>;
  createdAt: Date;
  changedAt: Date;
  changedBy: string;
};

const COLUMNS = `p.id, p.version, p.default_key as "defaultKey", p.handle, p.title, p.body, p.seo_title as "seoTitle",
  p.seo_description as "seoDescription", p.template, p.author, p.is_published as "isPublished", p.publish_at as "publishAt",
  p.translations, p.created_at as "createdAt", p.changed_at as "changedAt", p.changed_by as "changedBy"`;

/** Reads pages; `where` stands behind `p.store_id = $1`, and `values` begin at $2. */
export function readPages(
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
  { name, where, values }: { name: string; where: string; values: readonly unknown[] },
): Promise<PageRow[]> {
  return database.read<PageRow>(
    `pages-${name}`,
    `select ${COLUMNS} from content.pages p where p.store_id = $1 ${where}`,
    [stores.current().id, ...values],
  );
}

/** How a page is looked at: in which language, when, and with what filled in; nothing is filled in for the team. */
export type Look = {
  readonly locale?: string | undefined;
  readonly locales: readonly string[];
  readonly now: Date;
  readonly facts?: Facts;
};

export function shownPage(row: PageRow, { locale, locales, now, facts }: Look): ContentPage {
  const texts = textsIn(row.translations, locale);
  const body = texts?.body || row.body;
  return {
    id: row.id,
    version: row.version,
    defaultKey: row.defaultKey,
    handle: texts?.handle || row.handle,
    handles: handlesIn(locales, row),
    title: texts?.title || row.title,
    body: facts ? fillIn(body, facts) : body,
    seo: {
      title: texts?.seo?.title || row.seoTitle,
      description: texts?.seo?.description || row.seoDescription,
    },
    template: row.template,
    author: row.author,
    isPublished: row.isPublished,
    publishAt: row.publishAt,
    isVisible: isVisible(row, now),
    translations: row.translations,
    createdAt: row.createdAt,
    changedAt: row.changedAt,
    changedBy: row.changedBy,
  };
}

/** Judged when it is read; no event tells of the moment. */
export function isVisible(
  { isPublished, publishAt }: { isPublished: boolean; publishAt: Date | null },
  now: Date,
): boolean {
  return isPublished && (publishAt === null || publishAt <= now);
}

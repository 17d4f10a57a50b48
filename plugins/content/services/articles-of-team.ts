import { type Article, type Cradle, type Id, readCursor, writeCursor } from 'kontor/sdk';
import { readArticles, shownArticle } from './article-rows.ts';
import { searchQuery } from './search-words.ts';
import { tagKey } from './tags.ts';

type Query = {
  cursor?: string;
  limit?: number;
  blogId?: Id;
  tag?: string;
  text?: string;
  state?: 'visible' | 'planned' | 'draft';
};

const STATES = {
  visible: 'a.is_published and a.published_at <= $2',
  planned: 'a.is_published and a.published_at > $2',
  draft: 'not a.is_published',
};

/** A page of the articles in any state, the last changed first, without their bodies. */
export async function listArticles(
  services: Cradle,
  { cursor, limit = 24, blogId, tag, text = '', state }: Query,
): Promise<{ items: Omit<Article, 'body' | 'translations'>[]; next: string | null }> {
  const now = services.clock.now();
  const after = readCursor(cursor, { isTime: true });
  const rows = await readArticles(services, {
    name: `team-${state ?? 'all'}`,
    where: `and $2::timestamptz is not null and ${state ? STATES[state] : 'true'} and ($3::bigint is null or a.blog_id = $3)
      and ($4::text is null or a.tag_keys @> array[$4]) and ($5 = '' or a.words @@ to_tsquery('simple', $5))
      and (a.changed_at, a.id) < ($6::timestamptz, $7) order by a.changed_at desc, a.id desc limit $8`,
    values: [
      ...[now, blogId ?? null, tag === undefined ? null : tagKey(tag), searchQuery(text)],
      ...[after?.value ?? 'infinity', after?.id ?? 0, limit + 1],
    ],
    isWithBody: false,
  });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  const { locales } = services.stores.current();
  return {
    items: items.map((row) => {
      const { body: _, translations: __, ...article } = shownArticle(row, { locales, now });
      return article;
    }),
    next: last ? writeCursor({ value: last.changedAt.toISOString(), id: last.id }) : null,
  };
}

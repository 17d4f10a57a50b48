import type { ArticleComment, CommentState, Cradle, Id } from 'kontor/sdk';
import { readComments, shownComment } from './comment-rows.ts';

/** A page of the comments, the newest first. The cursor is the id of the last one. */
export async function listComments(
  services: Cradle,
  query: { cursor?: string; limit?: number; state?: CommentState; articleId?: Id },
): Promise<{ items: ArticleComment[]; next: string | null }> {
  const { cursor, limit = 24, state, articleId } = query;
  const before = Number(cursor);
  const rows = await readComments(services, {
    name: 'team',
    where: `and ($2::text is null or c.state = $2) and ($3::bigint is null or c.article_id = $3)
      and ($4::bigint is null or c.id < $4) order by c.id desc limit $5`,
    values: [
      state ?? null,
      articleId ?? null,
      Number.isSafeInteger(before) && cursor ? before : null,
      limit + 1,
    ],
  });
  const items = rows.slice(0, limit).map(shownComment);
  return { items, next: rows.length > limit ? String(items.at(-1)!.id) : null };
}

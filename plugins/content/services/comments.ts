import { type Content, type Cradle, readCursor, writeCursor } from 'kontor/sdk';
import { writeComment } from '../actions/write-comment.ts';
import { readComments, shownComment } from './comment-rows.ts';

/** The part of the service that is about comments. */
export function createComments(services: Cradle): Pick<Content, 'comments' | 'writeComment'> {
  return {
    async comments(articleId, { cursor, skip = 0, limit: asked = 50 } = {}) {
      const limit = Math.min(Math.max(asked, 1), 100);
      const after = readCursor(cursor, { isTime: true });
      const rows = await readComments(services, {
        name: 'of-article',
        where: `and c.article_id = $2 and c.state = 'approved' and (c.created_at, c.id) > ($3::timestamptz, $4)
          order by c.created_at, c.id limit $5 offset $6`,
        values: [
          articleId,
          after?.value ?? '-infinity',
          after?.id ?? 0,
          limit + 1,
          Math.min(Math.max(skip, 0), 10_000),
        ],
      });
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        comments: rows.slice(0, limit).map(shownComment),
        next: last ? writeCursor({ value: last.createdAt.toISOString(), id: last.id }) : null,
      };
    },
    writeComment: (input) => writeComment(services, input),
  };
}

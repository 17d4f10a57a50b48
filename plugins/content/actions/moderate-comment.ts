import {
  type ArticleComment,
  type CommentState,
  type Cradle,
  type Id,
  ok,
  refused,
  type Result,
} from 'kontor/sdk';
import { readComments, shownComment } from '../services/comment-rows.ts';
import { takeTurn } from '../services/kept.ts';
import { tell } from './write-comment.ts';

/** Shows a comment, hides it, or puts it with the spam. */
export async function moderateComment(
  services: Cradle,
  { id, state }: { id: Id; state: CommentState },
): Promise<Result<ArticleComment, 'notFound'>> {
  const { database, events, stores } = services;
  return database.transaction(async () => {
    const [row] = await database.query<{ articleId: Id; blogId: Id; before: CommentState }>(
      `update content.comments c set state = $3 from content.comments o, content.articles a
       where c.store_id = $1 and c.id = $2 and o.store_id = $1 and o.id = c.id and a.store_id = $1 and a.id = c.article_id
       returning c.article_id as "articleId", a.blog_id as "blogId", o.state as before`,
      [stores.current().id, id, state],
    );
    if (!row) return refused('notFound', { commentId: id });
    await takeTurn(services);
    const { articleId, blogId, before } = row;
    await tell(services, { commentId: id, articleId, blogId, state });
    if (before === 'approved' && state !== 'approved')
      await events.emit('content.article_saved', { articleId, blogId }, { entity: `article:${articleId}` });
    const [comment] = await readComments(services, { name: 'by-id', where: 'and c.id = $2', values: [id] });
    return ok(shownComment(comment!));
  });
}

export async function removeComment(services: Cradle, id: Id): Promise<Result<undefined, 'notFound'>> {
  const { database, events, stores } = services;
  return database.transaction(async () => {
    const [row] = await database.query<{ articleId: Id; blogId: Id }>(
      `delete from content.comments c using content.articles a
       where c.store_id = $1 and c.id = $2 and a.store_id = $1 and a.id = c.article_id
       returning c.article_id as "articleId", a.blog_id as "blogId"`,
      [stores.current().id, id],
    );
    if (!row) return refused('notFound', { commentId: id });
    await takeTurn(services);
    await events.emit('content.article_saved', row, { entity: `article:${row.articleId}` });
    return ok();
  });
}

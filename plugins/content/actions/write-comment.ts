import { type CommentState, type Content, type Cradle, type Id, ok, refused } from 'kontor/sdk';
import { ADDRESS, countLinks, isTooMuch, originOf } from '../services/abuse.ts';
import { readArticles } from '../services/article-rows.ts';
import type { ContentSettings } from '../services/fill-in.ts';
import { takeTurn } from '../services/kept.ts';
import { line, prose } from '../services/texts.ts';

type Input = Parameters<Content['writeComment']>[0];
const LONGEST = 5000; // letters

/** Takes a visitor's comment; whether it is shown at once says its blog. What looks like spam waits in any case. */
export async function writeComment(services: Cradle, input: Input): ReturnType<Content['writeComment']> {
  const { clock, database, settings } = services;
  const [article] = await readArticles(services, {
    name: 'to-comment',
    where: 'and a.id = $2 and a.is_published and a.published_at <= $3',
    values: [input.articleId, clock.now()],
    isWithBody: false,
  });
  if (!article) return refused('notFound', { articleId: input.articleId });
  if (article.comments === 'off') return refused('commentsOff');
  const author = line(input.author, 100);
  const text = prose(input.text, LONGEST);
  const email = input.email.trim();
  const wrong = { author: author === '', email: !ADDRESS.test(email), text: text === '' };
  const fields = Object.entries(wrong).flatMap(([name, isWrong]) => (isWrong ? [name] : []));
  if (fields.length > 0) return refused('invalid', { fields });
  // Programs fill in every field. They are told what people are told.
  const told = article.comments === 'auto' ? 'approved' : 'pending';
  if (input.trap) return ok({ state: told });

  const { linksInComment } = await settings.get<ContentSettings>();
  const isSpam = countLinks(`${author} ${text}`) > linksInComment;
  const state: CommentState = isSpam ? 'spam' : told;
  const origin = originOf(input.ip, services);
  return database.transaction(async () => {
    if (await isTooMuch(services, { table: 'content.comments', origin })) return refused('tooMany');
    const commentId = await insert(services, { ...input, author, email, text, state, origin });
    if (state === 'approved') await takeTurn(services);
    await tell(services, { commentId, articleId: article.id, blogId: article.blogId, state });
    return ok({ state: state === 'approved' ? 'approved' : 'pending' });
  });
}

/** Says that a comment came or changed; the article is another one where visitors see it. */
export async function tell(
  { events }: Pick<Cradle, 'events'>,
  { commentId, articleId, blogId, state }: { commentId: Id; articleId: Id; blogId: Id; state: CommentState },
): Promise<void> {
  const entity = { entity: `article:${articleId}` };
  await events.emit('content.comment_written', { commentId, articleId, state }, entity);
  if (state === 'approved') await events.emit('content.article_saved', { articleId, blogId }, entity);
}

async function insert(
  { clock, database, stores }: Cradle,
  row: { articleId: Id; author: string; email: string; text: string; state: CommentState; origin: string },
): Promise<Id> {
  const [written] = await database.query<{ id: Id }>(
    `insert into content.comments (store_id, article_id, author, email, text, state, origin, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      ...[stores.current().id, row.articleId, row.author, row.email, row.text, row.state, row.origin],
      clock.now(),
    ],
  );
  return written!.id;
}

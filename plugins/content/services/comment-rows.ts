import { type ArticleComment, type CommentState, type Cradle, html, type Id } from 'kontor/sdk';

export type CommentRow = {
  id: Id;
  articleId: Id;
  author: string;
  email: string;
  text: string;
  state: CommentState;
  createdAt: Date;
};

/** Reads comments; `where` stands behind `c.store_id = $1`, and `values` begin at $2. */
export function readComments(
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
  { name, where, values }: { name: string; where: string; values: readonly unknown[] },
): Promise<CommentRow[]> {
  return database.read<CommentRow>(
    `comments-${name}`,
    `select c.id, c.article_id as "articleId", c.author, c.email, c.text, c.state, c.created_at as "createdAt"
     from content.comments c where c.store_id = $1 ${where}`,
    [stores.current().id, ...values],
  );
}

export function shownComment(row: CommentRow): ArticleComment {
  return { ...row, html: paragraphs(row.text) };
}

/** What a stranger wrote is text, and stays text: escaped, with its paragraphs and lines. */
function paragraphs(text: string): string {
  const blocks = text.split(/\n{2,}/).map((block) => {
    const lines = block.split('\n').map((one) => html`${one}`.text);
    return `<p>${lines.join('<br>')}</p>`;
  });
  return blocks.join('');
}

import type { Cradle, Id, SentMail } from 'kontor/sdk';
import { COLUMNS, type LetterRow, shown } from '../models/letter.ts';

/** What to look for; all of it when left out. */
export type LetterFilter = {
  to?: string;
  state?: SentMail['state'];
  template?: string;
  sort?: 'newest' | 'oldest';
  /** Id of the last one of the page before. */
  after?: Id;
  limit?: number;
};

/** Mails of the current store, a page of them; newest first unless said otherwise. */
export async function listLetters(
  { to, state, template, sort = 'newest', after, limit = 50 }: LetterFilter,
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<SentMail[]> {
  const [beyond, order] = sort === 'newest' ? ['<', 'desc'] : ['>', 'asc'];
  const rows = await database.query<LetterRow>(
    `select ${COLUMNS} from mail.letters
     where store_id = $1 and ($2::text is null or to_email = $2) and ($3::text is null or state = $3)
       and ($4::text is null or template = $4) and ($5::bigint is null or id ${beyond} $5)
     order by id ${order} limit $6`,
    [stores.current().id, to ?? null, state ?? null, template ?? null, after ?? null, limit],
  );
  return rows.map(shown);
}

/** One mail with its words. */
export async function findLetter(
  id: Id,
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<LetterRow | undefined> {
  const [letter] = await database.query<LetterRow>(
    `select ${COLUMNS} from mail.letters where store_id = $1 and id = $2`,
    [stores.current().id, id],
  );
  return letter;
}

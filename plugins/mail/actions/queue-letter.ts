import type { Cradle, Id, Letter } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { findTemplate } from '../services/find-template.ts';

const ATTACHMENTS = 10 * 1024 * 1024; // bytes in all; more is refused by most servers

type Needs = Pick<Cradle, 'clock' | 'database' | 'jobs' | 'platform' | 'points' | 'random' | 'stores'>;

/**
 * Writes a mail in the open transaction; a job sends it after the commit.
 *
 * @returns its id, or that of the earlier one of the same template and key
 */
export function queueLetter(letter: Letter, services: Needs): Promise<Id> {
  const { database, jobs, points } = services;
  if (!findTemplate(letter.template, points)) throw new errors.MAIL_ERR_UNKNOWN_TEMPLATE(letter.template);
  const { attachments = [] } = letter;
  const size = attachments.reduce((sum, { content }) => sum + content.length, 0);
  if (size > ATTACHMENTS) throw new errors.MAIL_ERR_ATTACHMENTS(ATTACHMENTS, size, letter.template);

  return database.transaction(async () => {
    const id = await insert(letter, services);
    if (id === undefined) return findEarlier(letter, services);
    if (attachments.length > 0) await attach(id, attachments, services);
    await jobs.send('mail.send-letter', { letterId: id });
    return id;
  });
}

async function insert(letter: Letter, services: Needs): Promise<Id | undefined> {
  const { clock, database, platform, random, stores } = services;
  const { template, key, to, replyTo, locale, data } = letter;
  const messageId = `<${random.token()}@${new URL(platform.origin).hostname}>`;
  const [row] = await database.query<{ id: Id }>(
    `insert into mail.letters (store_id, template, key, to_email, to_name, locale, data, message_id, created_at, reply_to)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10)
     on conflict (store_id, template, key) do nothing returning id`,
    [
      ...[stores.current().id, template, key, to.email, to.name ?? null, locale ?? null],
      ...[JSON.stringify(data), messageId, clock.now(), replyTo ?? null],
    ],
  );
  return row?.id;
}

async function findEarlier({ template, key }: Letter, { database, stores }: Needs): Promise<Id> {
  const [row] = await database.query<{ id: Id }>(
    'select id from mail.letters where store_id = $1 and template = $2 and key = $3',
    [stores.current().id, template, key],
  );
  return row!.id;
}

async function attach(
  letterId: Id,
  attachments: NonNullable<Letter['attachments']>,
  { database, stores }: Needs,
): Promise<void> {
  await database.query(
    `insert into mail.attachments (store_id, letter_id, name, content_type, content)
     select $1, $2, name, type, content
     from unnest($3::text[], $4::text[], $5::bytea[]) as these (name, type, content) returning id`,
    [
      ...[stores.current().id, letterId],
      ...[attachments.map(({ name }) => name), attachments.map(({ type }) => type)],
      attachments.map(({ content }) => content),
    ],
  );
}

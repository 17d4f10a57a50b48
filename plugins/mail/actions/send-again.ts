import { type Cradle, type Id, ok, refused, type Result, type SentMail } from 'kontor/sdk';
import { findLetter } from './list-letters.ts';
import { effectOf } from './send-letter.ts';
import { shown } from '../models/letter.ts';

/**
 * Sends a mail that failed, or of which nobody knows whether it went out. A person decides about the latter: it may arrive
 * twice, under the same Message-ID.
 */
export async function sendAgain(
  id: Id,
  services: Cradle,
): Promise<Result<SentMail, 'notFound' | 'alreadySent' | 'stillWaiting'>> {
  const { database, effects, jobs, stores } = services;
  const letter = await findLetter(id, services);
  if (!letter) return refused('notFound');
  if (letter.state === 'sent') return refused('alreadySent');
  if (letter.state === 'waiting') return refused('stillWaiting');
  if (letter.state === 'unknown') await effects.settle(effectOf(letter), 'again');
  return database.transaction(async () => {
    const [row] = await database.query<{ id: Id }>(
      `update mail.letters set state = 'waiting', tries = 0, error = null
       where store_id = $1 and id = $2 and state = $3 returning id`,
      [stores.current().id, id, letter.state],
    );
    if (!row) return refused('stillWaiting');
    await jobs.send('mail.send-letter', { letterId: id });
    return ok(shown({ ...letter, state: 'waiting', error: null }));
  });
}

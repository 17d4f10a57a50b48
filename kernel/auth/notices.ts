import type { Notice } from 'kontor/sdk';
import { enterAs } from '../context.ts';
import type { AuthDeps } from './common.ts';

const TRIES = 8; // 1, 2, 4 ... 64 minutes apart: two hours in all

/** Without a locale it is told only if somebody has this address, in their language. */
export type NewNotice = Omit<Notice, 'locale'> & { locale?: string };
export type Notices = ReturnType<typeof createNotices>;
type Waiting = { id: number; kind: string; sealed: string; attempts: number };

/** What people have to be told: written with the change, delivered later, at least once. */
export function createNotices(deps: AuthDeps) {
  const { clock, log, points } = deps;
  const { query } = deps.database.platform;
  // Links hold tokens, so notices are never stored readable.
  const secrets = deps.secrets.ownedBy({ plugin: 'kernel.notices', storeId: undefined });
  const mustWait = () => deps.config.mode === 'production' && points.of('noticeChannels').length === 0;

  return {
    async add(notice: NewNotice): Promise<void> {
      if (mustWait())
        log.warn({}, 'a notice waits: enable a plugin that contributes to noticeChannels, such as mail');
      await query('insert into kernel.notices (kind, sealed, next_try_at) values ($1, $2, $3)', [
        notice.kind,
        secrets.seal(JSON.stringify(notice)),
        clock.now(),
      ]);
    },
    /** Delivers what is due; without a channel in production everything waits. */
    async deliverDue(): Promise<number> {
      if (mustWait()) return 0;
      return enterAs({ actor: { kind: 'system', reason: 'deliver notices' } }, async () => {
        let delivered = 0;
        for (let row = await claim(); row; row = await claim()) if (await isDelivered(row)) delivered += 1;
        return delivered;
      });
    },
  };

  /** One at a time: the next try is set before this one, so that a crash loses nothing and no node repeats it meanwhile. */
  async function claim(): Promise<Waiting | undefined> {
    const [row] = await query<Waiting>(
      `update kernel.notices set attempts = attempts + 1, next_try_at = $1::timestamptz + power(2, attempts) * interval '1 minute'
       where id = (select id from kernel.notices where next_try_at <= $1 order by next_try_at limit 1 for update skip locked)
       returning *`,
      [clock.now()],
    );
    return row;
  }

  async function isDelivered(row: Waiting): Promise<boolean> {
    const remove = () => query('delete from kernel.notices where id = $1', [row.id]);
    try {
      await deliver(JSON.parse(secrets.open(row.sealed)));
      await remove();
      return true;
    } catch (err) {
      const isOver = row.attempts >= TRIES;
      if (isOver) await remove();
      const what = `a ${row.kind} notice was not taken; ${isOver ? 'given up' : 'it is tried again later'}`;
      log[isOver ? 'error' : 'warn']({ err, attempt: row.attempts }, what);
      return false;
    }
  }

  /** The first channel that takes it is enough; the next one is asked when it fails. */
  async function deliver({ expiresAt: time, ...kept }: NewNotice): Promise<void> {
    const expiresAt = time && new Date(time);
    const locale = kept.locale ?? (await localeOf(kept));
    if (locale === undefined || (expiresAt && expiresAt <= clock.now())) return;
    const notice: Notice = { ...kept, locale, ...(expiresAt && { expiresAt }) };
    const channels = points.of('noticeChannels');
    if (channels.length === 0)
      return log.info({ notice }, `no mail plugin yet: a ${notice.kind} notice for ${notice.to}`);
    const faults: unknown[] = [];
    for (const channel of channels) {
      try {
        return await channel.deliver(notice);
      } catch (error) {
        faults.push(error);
      }
    }
    throw faults.length === 1 ? faults[0] : new AggregateError(faults, 'No channel took the notice');
  }

  /** The language of whoever has this address, on the platform or in a store; undefined when there is nobody to tell. */
  async function localeOf({ to, storeId }: NewNotice): Promise<string | undefined> {
    const whose = storeId === undefined ? 'users where $2::bigint is null' : 'customers where store_id = $2';
    const [person] = await query<{ locale: string }>(
      `select locale from kernel.${whose} and email = $1 and state = 'active'`,
      [to, storeId],
    );
    return person?.locale;
  }
}

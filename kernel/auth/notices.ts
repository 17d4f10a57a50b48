import type { Clock, Notice, PointsService, Secrets } from 'kontor/sdk';
import { enterAs } from '../context.ts';
import type { Config, KernelDatabase, KernelLog } from '../parts.ts';

const TRIES = 8; // 1, 2, 4 ... 64 minutes apart: two hours in all

type NoticeRow = {
  id: number;
  kind: Notice['kind'];
  audience: 'user' | 'customer' | null;
  for_store: number | null;
  store_name: string | null;
  recipient: string;
  locale: string;
  sealed_link: string | null;
  link_expires_at: Date | null;
  attempts: number;
};

export type NewNotice = {
  kind: Notice['kind'];
  to: string;
  /** Tells the person of this address, if there is one, in their language. */
  audience?: 'user' | 'customer';
  locale?: string;
  store?: { id: number; name: string } | undefined;
  link?: string;
  expiresAt?: Date;
};

/** What people have to be told: written with the change, delivered later, at least once. */
export function createNotices(deps: {
  config: Pick<Config, 'mode'>;
  clock: Clock;
  database: Pick<KernelDatabase, 'platform'>;
  log: KernelLog;
  points: Pick<PointsService, 'of'>;
  /** Links hold tokens, so they are never stored readable. */
  secrets: Secrets;
}) {
  const { clock, log, points, secrets } = deps;
  const { query } = deps.database.platform;
  let hasWarned = false;
  const remove = (id: number) => query('delete from kernel.notices where id = $1', [id]);

  /** One at a time: the next try is set before this one, so that a crash loses nothing and no node repeats it meanwhile. */
  async function claim(): Promise<NoticeRow | undefined> {
    const [row] = await query<NoticeRow>(
      `update kernel.notices set attempts = attempts + 1, next_try_at = $1::timestamptz + power(2, attempts) * interval '1 minute'
       where id = (select id from kernel.notices where next_try_at <= $1 order by next_try_at limit 1 for update skip locked)
       returning *`,
      [clock.now()],
    );
    return row;
  }

  /** The language of the person a notice is for; undefined when there is nobody to tell. */
  async function localeOf({
    audience,
    recipient,
    for_store,
    locale,
  }: NoticeRow): Promise<string | undefined> {
    if (!audience) return locale;
    const whose = audience === 'user' ? 'users where $2::bigint is null' : 'customers where store_id = $2';
    const [person] = await query<{ locale: string }>(
      `select locale from kernel.${whose} and email = $1 and state = 'active'`,
      [recipient, for_store],
    );
    return person?.locale;
  }

  async function deliver(row: NoticeRow): Promise<void> {
    const locale = await localeOf(row);
    const isLate = row.link_expires_at !== null && row.link_expires_at <= clock.now();
    if (locale !== undefined && !isLate) await handOver({ ...noticeOf(row, secrets), locale });
    await remove(row.id);
  }

  /** The first channel that takes it is enough; the next one is asked when it fails. */
  async function handOver(notice: Notice): Promise<void> {
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

  async function tryOne(row: NoticeRow): Promise<boolean> {
    try {
      await deliver(row);
      return true;
    } catch (err) {
      const isOver = row.attempts >= TRIES;
      if (isOver) await remove(row.id);
      const what = `a ${row.kind} notice was not taken; ${isOver ? 'given up' : 'it is tried again later'}`;
      log[isOver ? 'error' : 'warn']({ err, attempt: row.attempts }, what);
      return false;
    }
  }

  /** Without a channel everything waits, which somebody has to know. */
  async function warnOfWaiting(): Promise<void> {
    const waiting = hasWarned ? [] : await query('select 1 from kernel.notices limit 1');
    if (waiting.length === 0) return;
    hasWarned = true;
    log.warn(
      {},
      'notices wait to be delivered: enable a plugin that contributes to noticeChannels, such as mail',
    );
  }

  return {
    async add(notice: NewNotice): Promise<void> {
      await query(
        `insert into kernel.notices
           (kind, audience, for_store, store_name, recipient, locale, sealed_link, link_expires_at, next_try_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          notice.kind,
          notice.audience ?? null,
          notice.store?.id ?? null,
          notice.store?.name ?? null,
          notice.to,
          notice.locale ?? 'en',
          notice.link ? secrets.seal(notice.link) : null,
          notice.expiresAt ?? null,
          clock.now(),
        ],
      );
    },
    /** Delivers what is due; without a channel in production everything waits. */
    async deliverDue(): Promise<number> {
      return enterAs({ actor: { kind: 'system', reason: 'deliver notices' } }, async () => {
        let delivered = 0;
        if (deps.config.mode === 'production' && points.of('noticeChannels').length === 0)
          await warnOfWaiting();
        else for (let row = await claim(); row; row = await claim()) if (await tryOne(row)) delivered += 1;
        return delivered;
      });
    },
  };
}
export type Notices = ReturnType<typeof createNotices>;

function noticeOf(row: NoticeRow, secrets: Secrets): Notice {
  return {
    kind: row.kind,
    to: row.recipient,
    locale: row.locale,
    ...(row.for_store && row.store_name ? { storeId: row.for_store, storeName: row.store_name } : {}),
    ...(row.sealed_link ? { link: secrets.open(row.sealed_link) } : {}),
    ...(row.link_expires_at ? { expiresAt: row.link_expires_at } : {}),
  };
}

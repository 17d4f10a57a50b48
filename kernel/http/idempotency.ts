import { createHmac } from 'node:crypto';
import type { KernelServices } from 'kontor/sdk';
import { derivedKey } from '../database/token.ts';
import type { Config, KernelDatabase, KernelLog } from '../parts.ts';
import type { Answer } from './answer.ts';
import { httpErrors } from './errors.ts';

const KEPT_FOR = 24 * 3_600_000; // ms
const RUNS_FOR = 2 * 60_000; // ms; longer than any request may take, so that only a crashed one is taken over
const LARGEST = 65_536; // bytes of an answer that is kept

/** Whose key it is: the store's or, on surfaces without one, the surface's; of which actor and route. */
export type Scope = readonly [storeOrSurface: number | string, actor: string, route: string, key: string];
type Work = () => Promise<Answer>;

/**
 * Keeps the answers of unsafe requests by their Idempotency-Key, so that a client that heard nothing can ask again.
 *
 * The claim is committed first, so that a second request hears 409 at once; the answer is written in the transaction of
 * the work where the route has one, and only while the claim still stands: a late one rolls back.
 */
export function createIdempotency(deps: {
  database: KernelDatabase;
  clock: KernelServices['clock'];
  random: KernelServices['random'];
  log: KernelLog;
}) {
  const { database, clock, random, log } = deps;
  return { once, transaction, tidy };

  async function once(input: {
    scope: Scope;
    fingerprint: string;
    isTransaction: boolean;
    work: Work;
  }): Promise<Answer> {
    const { scope, fingerprint, isTransaction, work } = input;
    const claim = claimOf(scope);
    const kept = await claim.take(fingerprint);
    if (kept) return replay(kept, fingerprint);
    try {
      if (!isTransaction) return await claim.keep(await work());
      const answer = await transaction(typeof scope[0] === 'number', async () => {
        const done = await work();
        return done.status < 400 ? claim.keep(done, { orThrow: true }) : done;
      });
      // Refused work went back with its transaction; its answer is kept afterwards.
      return answer.status < 400 ? answer : await claim.keep(answer);
    } catch (error) {
      await claim
        .release()
        .catch((err: unknown) => log.warn({ err }, 'a claim of an Idempotency-Key stays two minutes'));
      throw error;
    }
  }

  /** Everything of the work happens or, when it answers 400 or more, nothing. */
  async function transaction(inStore: boolean, work: Work): Promise<Answer> {
    const run = inStore ? database.transaction : database.platform.transaction;
    let refused: Answer | undefined;
    try {
      return await run(async () => {
        const answer = await work();
        refused = answer.status < 400 ? undefined : answer;
        if (refused) throw new Error('a refused answer takes its transaction back');
        return answer;
      });
    } catch (error) {
      if (refused) return refused;
      throw error;
    }
  }

  function claimOf(scope: Scope) {
    const [table, lead, query] =
      typeof scope[0] === 'number'
        ? (['kernel.idempotency', 'store_id', database.query] as const)
        : (['kernel.platform_idempotency', 'surface', database.platform.query] as const);
    const claim = random.uuid();
    const where = `${lead} = $1 and actor = $2 and route = $3 and key = $4`;
    const ours = `${where} and claim = $5 and state = 'running'`;
    return { take, keep, release };

    /** @returns what another request left under this key; undefined when the key is now ours */
    async function take(fingerprint: string): Promise<Kept | undefined> {
      const now = clock.now().getTime();
      const taken = await query(
        `insert into ${table} as kept (${lead}, actor, route, key, claim, fingerprint, state, started_at)
         values ($1, $2, $3, $4, $5, $6, 'running', $7)
         on conflict (${lead}, actor, route, key) do update
         set claim = excluded.claim, fingerprint = excluded.fingerprint, state = 'running',
             started_at = excluded.started_at, status = null, content_type = null, location = null, body = null
         where kept.started_at < $8 or (kept.state = 'running' and kept.started_at < $9)
         returning claim`,
        [...scope, claim, fingerprint, new Date(now), new Date(now - KEPT_FOR), new Date(now - RUNS_FOR)],
      );
      if (taken.length > 0) return undefined;
      const [kept] = await query<Kept>(
        `select fingerprint, state, status, content_type as type, location, body from ${table} where ${where}`,
        scope,
      );
      // Gone in between: its work failed just now, and the client may ask again.
      return kept ?? { fingerprint, state: 'running' };
    }

    /** @param orThrow - take the work back when the claim was lost, as another request has done it by now */
    async function keep(answer: Answer, { orThrow = false } = {}): Promise<Answer> {
      const { status, headers } = answer;
      const body = isGivenOnce(answer) ? null : bytesOf(answer);
      let isHeld = false;
      if (status >= 500 || body === undefined) await release();
      else {
        const { 'content-type': type = null, location = null } = headers;
        const held = await query(
          `update ${table} set state = 'done', status = $6, content_type = $7, location = $8, body = $9
           where ${ours} returning claim`,
          [...scope, claim, status, type, location, body],
        );
        isHeld = held.length > 0;
        if (!isHeld && orThrow) throw new httpErrors.KERNEL_ERR_IDEMPOTENCY_LOST();
      }
      return isHeld && body ? answer : { ...answer, headers: { ...headers, 'idempotency-key-kept': 'no' } };
    }

    async function release(): Promise<void> {
      await query(`delete from ${table} where ${ours}`, [...scope, claim]);
    }
  }

  /** Drops what is older than a day. @returns how many */
  async function tidy(): Promise<number> {
    const before = [new Date(clock.now().getTime() - KEPT_FOR)];
    const gone = await Promise.all(
      ['kernel.idempotency', 'kernel.platform_idempotency'].map((table) =>
        database.platform.query(`delete from ${table} where started_at < $1 returning key`, before),
      ),
    );
    return gone.flat().length;
  }
}

type Kept =
  | { fingerprint: string; state: 'running' }
  | {
      fingerprint: string;
      state: 'done';
      status: number;
      type: string | null;
      location: string | null;
      /** Null where the answer was given once and not written down. */
      body: Buffer | null;
    };

/** A cookie may be a session, and what no cache may store a secret: of these only the fact is written down. */
function isGivenOnce({ status, headers }: Answer): boolean {
  // A refusal holds no secret, though it is not for caches either.
  const isSecret = status < 400 && /\bno-store\b/i.test(String(headers['cache-control']));
  return isSecret || 'set-cookie' in headers;
}

/** Undefined for what is too large to be kept, or flows. */
function bytesOf({ body = '' }: Answer): Buffer | undefined {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return Buffer.isBuffer(bytes) && bytes.length <= LARGEST ? bytes : undefined;
}

/** @throws KERNEL_ERR_IDEMPOTENCY_REUSED, KERNEL_ERR_IDEMPOTENCY_RUNNING, KERNEL_ERR_IDEMPOTENCY_GIVEN */
function replay(kept: Kept, fingerprint: string): Answer {
  if (kept.fingerprint !== fingerprint) throw new httpErrors.KERNEL_ERR_IDEMPOTENCY_REUSED();
  if (kept.state === 'running') {
    throw new httpErrors.KERNEL_ERR_IDEMPOTENCY_RUNNING({ details: { retryAfter: 1 } });
  }
  const { status, type, location, body } = kept;
  if (body === null) throw new httpErrors.KERNEL_ERR_IDEMPOTENCY_GIVEN();
  const headers = { ...(type && { 'content-type': type }), ...(location && { location }) };
  return {
    status,
    headers: { ...headers, 'idempotency-replayed': 'true' },
    body: body.length > 0 ? body : undefined,
  };
}

/** The key of a request, checked. @throws KERNEL_ERR_IDEMPOTENCY_KEY */
export function idempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && /^[\x21-\x7e]{1,200}$/.test(header)) return header;
  throw new httpErrors.KERNEL_ERR_IDEMPOTENCY_KEY(`${String(header).length} letters`);
}

/** Makes digests of requests, with a key: a body may hold a password, and a bare hash of one is found from a list. */
export function createFingerprint({ secrets }: Pick<Config, 'secrets'>) {
  const key = derivedKey(secrets[0]!.key, 'idempotency');
  return (parts: readonly unknown[]): string =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex');
}

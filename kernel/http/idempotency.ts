import { createHash } from 'node:crypto';
import type { KernelServices } from 'kontor/sdk';
import type { KernelDatabase, KernelLog } from '../parts.ts';
import type { Answer } from './answer.ts';
import { httpErrors } from './errors.ts';

const KEPT_FOR = 24 * 3_600_000; // ms
const RUNS_FOR = 2 * 60_000; // ms; longer than any request may take, so that only a crashed one is taken over
const LARGEST = 65_536; // bytes of an answer that is kept

/** Whose key it is; `storeId` undefined on surfaces without a store. */
export type Scope = {
  storeId: number | undefined;
  surface: string;
  actor: string;
  route: string;
  key: string;
};
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

  async function once(
    scope: Scope,
    fingerprint: string,
    options: { transaction: boolean },
    work: Work,
  ): Promise<Answer> {
    const rows = rowsOf(scope);
    const claim = random.uuid();
    const kept = await rows.claim(claim, fingerprint);
    if (kept) return replay(kept, fingerprint);
    try {
      const finish = async () => {
        const answer = await work();
        // Refused work goes back with its transaction; its answer is kept afterwards.
        const isTakenBack = options.transaction && answer.status >= 400;
        return isTakenBack ? answer : keep(rows, claim, answer, options.transaction);
      };
      if (!options.transaction) return await finish();
      const answer = await transaction(scope.storeId !== undefined, finish);
      return answer.status >= 400 ? await keep(rows, claim, answer, false) : answer;
    } catch (error) {
      await rows
        .release(claim)
        .catch((err: unknown) => log.warn({ err }, 'a claim of an Idempotency-Key stays two minutes'));
      throw error;
    }
  }

  /** Everything of the work happens or, when it answers 400 or more, nothing. */
  async function transaction(inStore: boolean, work: Work): Promise<Answer> {
    const run = inStore ? database.transaction : database.platform.transaction;
    try {
      return await run(async () => {
        const answer = await work();
        if (answer.status >= 400) throw new TakenBack(answer);
        return answer;
      });
    } catch (error) {
      if (error instanceof TakenBack) return error.answer;
      throw error;
    }
  }

  /** @param mustHold - take the work back when the claim was lost, as another request has done it by now */
  async function keep(rows: Rows, claim: string, answer: Answer, mustHold: boolean): Promise<Answer> {
    const { status, headers, body } = answer;
    const bytes = typeof body === 'string' ? Buffer.from(body) : (body ?? Buffer.alloc(0));
    const { 'content-type': type = null, location = null } = headers;
    const whole = Buffer.isBuffer(bytes) && bytes.length <= LARGEST ? bytes : undefined;
    const kept = isGivenOnce(answer) ? null : whole;
    if (status < 500 && kept !== undefined) {
      const isHeld = await rows.finish(claim, { status, type, location, body: kept });
      if (isHeld && kept) return answer;
      if (!isHeld && mustHold) throw new httpErrors.KERNEL_ERR_IDEMPOTENCY_LOST();
    } else {
      await rows.release(claim);
    }
    return { ...answer, headers: { ...headers, 'idempotency-key-kept': 'no' } };
  }

  function rowsOf(scope: Scope): Rows {
    const [table, lead, whose] =
      scope.storeId === undefined
        ? (['kernel.platform_idempotency', 'surface', scope.surface] as const)
        : (['kernel.idempotency', 'store_id', scope.storeId] as const);
    const query = scope.storeId === undefined ? database.platform.query : database.query;
    const where = `${lead} = $1 and actor = $2 and route = $3 and key = $4`;
    const which = [whose, scope.actor, scope.route, scope.key];
    return {
      async claim(claim, fingerprint) {
        const now = clock.now().getTime();
        const taken = await query(
          `insert into ${table} as kept (${lead}, actor, route, key, claim, fingerprint, state, started_at)
           values ($1, $2, $3, $4, $5, $6, 'running', $7)
           on conflict (${lead}, actor, route, key) do update
           set claim = excluded.claim, fingerprint = excluded.fingerprint, state = 'running',
               started_at = excluded.started_at, status = null, content_type = null, location = null, body = null
           where kept.started_at < $8 or (kept.state = 'running' and kept.started_at < $9)
           returning claim`,
          [...which, claim, fingerprint, new Date(now), new Date(now - KEPT_FOR), new Date(now - RUNS_FOR)],
        );
        if (taken.length > 0) return undefined;
        const [kept] = await query<Kept>(
          `select fingerprint, state, status, content_type as type, location, body from ${table} where ${where}`,
          which,
        );
        // Gone in between: its work failed just now, and the client may ask again.
        return kept ?? { ...RUNNING, fingerprint };
      },
      async finish(claim, { status, type, location, body }) {
        const rows = await query(
          `update ${table} set state = 'done', status = $6, content_type = $7, location = $8, body = $9
           where ${where} and claim = $5 and state = 'running' returning claim`,
          [...which, claim, status, type, location, body],
        );
        return rows.length > 0;
      },
      async release(claim) {
        await query(`delete from ${table} where ${where} and claim = $5 and state = 'running'`, [
          ...which,
          claim,
        ]);
      },
    };
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

type Kept = {
  fingerprint: string;
  state: 'running' | 'done';
  status: number;
  type: string | null;
  location: string | null;
  /** Null where the answer was given once and not written down. */
  body: Buffer | null;
};
type Rows = {
  /** @returns what another request left under this key; undefined when the key is now ours */
  claim(claim: string, fingerprint: string): Promise<Kept | undefined>;
  /** @returns false when the claim was lost */
  finish(
    claim: string,
    answer: { status: number; type: unknown; location: unknown; body: Buffer | null },
  ): Promise<boolean>;
  release(claim: string): Promise<void>;
};

const RUNNING = { state: 'running', status: 0, type: null, location: null, body: Buffer.alloc(0) } as const;

/** A cookie may be a session, and what no cache may store a secret: of these only the fact is written down. */
function isGivenOnce({ status, headers }: Answer): boolean {
  // A refusal holds no secret, though it is not for caches either.
  const isSecret = status < 400 && /\bno-store\b/i.test(String(headers['cache-control']));
  return isSecret || 'set-cookie' in headers;
}

/** @throws KERNEL_ERR_IDEMPOTENCY_REUSED, KERNEL_ERR_IDEMPOTENCY_RUNNING, KERNEL_ERR_IDEMPOTENCY_GIVEN */
function replay(kept: Kept, fingerprint: string): Answer {
  if (kept.fingerprint !== fingerprint) throw new httpErrors.KERNEL_ERR_IDEMPOTENCY_REUSED();
  if (kept.state === 'running')
    throw new httpErrors.KERNEL_ERR_IDEMPOTENCY_RUNNING({ details: { retryAfter: 1 } });
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

export function fingerprintOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

class TakenBack extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super('a refused answer takes its transaction back');
    this.answer = answer;
  }
}

import { ok, refused, type Effects, type KernelServices } from 'kontor/sdk';
import { current } from '../context.ts';
import type { KernelDatabase, KernelLog } from '../parts.ts';
import { effectErrors } from './errors.ts';

type Effect = { plugin: string; kind: string; key: string };
type How = Parameters<Effects['once']>[1];
/** The right to perform an effect now. */
type Claim = { attempts: number; idempotencyKey: string };

const LEASE = 120_000; // ms; kept up while perform runs, so that only a dead process lets it lapse
const MINE = `state = 'started' and attempts = $5`;

/**
 * The ledger of what a plugin does outside the database: each thing once, whatever crashes in between. Each statement
 * commits by itself: what is started is known before it is performed.
 */
export function createEffects({
  database,
  clock,
  random,
  log,
}: {
  database: KernelDatabase;
  clock: KernelServices['clock'];
  random: KernelServices['random'];
  log: KernelLog;
}): { forPlugin(plugin: string): Effects } {
  const until = () => new Date(clock.now().getTime() + LEASE);

  async function once(effect: Effect, how: How): ReturnType<Effects['once']> {
    checkPlace(effect);
    const claim = await take(effect);
    if (!claim) return asItStands(effect);
    const before = claim.attempts > 1 ? await askAbout(effect, claim, how) : undefined;
    if (before) return before;
    const reference = await leased(effect, claim, () => how.perform(claim.idempotencyKey));
    await done(effect, reference);
    return ok({ reference, fresh: true });
  }

  /** Takes the effect when it is new, planned or left behind; of many that try at once, one gets it. */
  async function take(effect: Effect): Promise<Claim | undefined> {
    const [claim] = await database.query<Claim>(
      `insert into kernel.effects (store_id, plugin, kind, key, state, idempotency_key, attempts, started_at, leased_until)
       values ($1, $2, $3, $4, 'started', $5, 1, $6, $7)
       on conflict (store_id, plugin, kind, key) do update
       set state = 'started', attempts = effects.attempts + 1, started_at = $6, leased_until = $7
       where effects.state = 'planned'
          or (effects.state = 'started' and (effects.leased_until is null or effects.leased_until < $6))
       returning attempts, idempotency_key as "idempotencyKey"`,
      [...named(effect), random.uuid(), clock.now(), until()],
    );
    return claim;
  }

  /** Somebody else has it, or had it: no perform here. */
  async function asItStands(effect: Effect): ReturnType<Effects['once']> {
    const [row] = await database.query<{ state: string; reference: string | null }>(
      'select state, reference from kernel.effects where store_id = $1 and plugin = $2 and kind = $3 and key = $4',
      named(effect),
    );
    if (row?.state === 'done') return ok({ reference: row.reference ?? '', fresh: false });
    return refused(row?.state === 'unknown' ? 'unknown' : 'running');
  }

  /** An earlier attempt started and was never heard of again: the provider knows, or a person must. */
  async function askAbout(effect: Effect, claim: Claim, { find }: How) {
    if (!find) {
      await change(effect, MINE, `state = 'unknown', leased_until = null`, [claim.attempts]);
      log.warn(effect, 'an effect was started earlier, and nobody can be asked whether it happened');
      return refused('unknown');
    }
    const reference = await leased(effect, claim, () => find(claim.idempotencyKey));
    if (reference === undefined) return undefined;
    await done(effect, reference);
    return ok({ reference, fresh: false });
  }

  async function leased<Value>(
    effect: Effect,
    { attempts }: Claim,
    work: () => Promise<Value>,
  ): Promise<Value> {
    const lease = (end: Date | null) =>
      change(effect, MINE, 'leased_until = $6', [attempts, end]).catch(() => false); // it lapses by itself
    const renewal = setInterval(() => lease(until()), LEASE / 3);
    renewal.unref();
    try {
      return await work();
    } catch (error) {
      // It may have happened all the same, so it stays started; the next one asks at once.
      await lease(null);
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  /** Not only by the holder: a reference that came late is worth more than none. */
  function done(effect: Effect, reference: string): Promise<boolean> {
    const values = [reference, clock.now()];
    const set = `state = 'done', reference = $5, done_at = $6, leased_until = null`;
    return change(effect, `state <> 'done'`, set, values);
  }

  async function change(effect: Effect, when: string, set: string, values: unknown[]): Promise<boolean> {
    const rows = await database.query(
      `update kernel.effects set ${set}
       where store_id = $1 and plugin = $2 and kind = $3 and key = $4 and ${when} returning key`,
      [...named(effect), ...values],
    );
    return rows.length === 1;
  }

  return {
    forPlugin: (plugin) => ({
      once: ({ kind, key }, how) => once({ plugin, kind, key }, how),
      async settle({ kind, key }, decision) {
        // `again` begins to count anew, so that the provider is not asked but called, with the same idempotency key.
        const [set, values] =
          decision === 'again'
            ? [`state = 'planned', attempts = 0`, []]
            : [`state = 'done', reference = coalesce(reference, ''), done_at = $5`, [clock.now()]];
        const isSettled = await change({ plugin, kind, key }, `state = 'unknown'`, set, values);
        return isSettled ? ok() : refused('notFound');
      },
    }),
  };
}

function checkPlace({ plugin, kind }: Effect): void {
  const { store, transaction, platformTransaction } = current();
  if (transaction ?? platformTransaction)
    throw new effectErrors.KERNEL_ERR_EFFECT_IN_TRANSACTION(kind, plugin);
  if (!store) throw new effectErrors.KERNEL_ERR_EFFECT_NO_STORE(kind, plugin);
}

function named({ plugin, kind, key }: Effect): unknown[] {
  return [current().store?.ref.id ?? null, plugin, kind, key];
}

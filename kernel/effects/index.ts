import { ok, refused, type Effects, type KernelServices } from 'kontor/sdk';
import { current } from '../context.ts';
import type { KernelDatabase, KernelLog } from '../parts.ts';
import { effectErrors } from './errors.ts';
import { createLedger, type Claim, type EffectName } from './ledger.ts';

type How = Parameters<Effects['once']>[1];

const LEASE = 120_000; // ms; kept up while perform runs, so that only a dead process lets it lapse

/** The ledger of what a plugin does outside the database: each thing once, whatever crashes in between. */
export function createEffects(deps: {
  database: KernelDatabase;
  clock: KernelServices['clock'];
  random: KernelServices['random'];
  log: KernelLog;
}): { forPlugin(plugin: string): Effects } {
  const ledger = createLedger({ ...deps, lease: LEASE });

  async function once(effect: EffectName, how: How): ReturnType<Effects['once']> {
    checkPlace(effect);
    const claim = await ledger.claim(effect);
    if (!claim) return asItStands(effect);
    const before = claim.isStale ? await askAbout(effect, claim, how) : undefined;
    if (before) return before;
    const reference = await leased(effect, claim, () => how.perform(claim.idempotencyKey));
    await ledger.done(effect, reference);
    return ok({ reference, fresh: true });
  }

  /** Somebody else has it, or had it: no perform here. */
  async function asItStands(effect: EffectName): ReturnType<Effects['once']> {
    const row = await ledger.find(effect);
    if (row?.state === 'done') return ok({ reference: row.reference ?? '', fresh: false });
    return refused(row?.state === 'unknown' ? 'unknown' : 'running');
  }

  /** An earlier attempt started and was never heard of again: the provider knows, or a person must. */
  async function askAbout(effect: EffectName, claim: Claim, { find }: How) {
    if (!find) {
      await ledger.giveUp(effect, claim);
      deps.log.warn(
        { ...effect },
        'an effect was started earlier, and nobody can be asked whether it happened',
      );
      return refused('unknown');
    }
    const reference = await leased(effect, claim, () => find(claim.idempotencyKey));
    if (reference === undefined) return undefined;
    await ledger.done(effect, reference);
    return ok({ reference, fresh: false });
  }

  async function leased<Value>(effect: EffectName, claim: Claim, work: () => Promise<Value>): Promise<Value> {
    const renewal = setInterval(() => ledger.renew(effect, claim).catch(() => undefined), LEASE / 3);
    renewal.unref();
    try {
      return await work();
    } catch (error) {
      // It may have happened all the same, so it stays started; the next one asks at once.
      await ledger.letGo(effect, claim).catch(() => undefined); // the lease lapses by itself
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  return {
    forPlugin: (plugin) => ({
      once: ({ kind, key }, how) => once({ plugin, kind, key }, how),
      async settle({ kind, key }, decision) {
        return (await ledger.settle({ plugin, kind, key }, decision)) ? ok() : refused('notFound');
      },
    }),
  };
}

function checkPlace({ plugin, kind }: EffectName): void {
  const { store, transaction, platformTransaction } = current();
  if (transaction ?? platformTransaction)
    throw new effectErrors.KERNEL_ERR_EFFECT_IN_TRANSACTION(kind, plugin);
  if (!store) throw new effectErrors.KERNEL_ERR_EFFECT_NO_STORE(kind, plugin);
}

import type { KernelServices } from 'kontor/sdk';
import { current } from '../context.ts';
import type { KernelDatabase } from '../parts.ts';

export type EffectName = { plugin: string; kind: string; key: string };
/** The right to perform an effect now. `isStale`: an earlier attempt started and never ended. */
export type Claim = { attempts: number; idempotencyKey: string; isStale: boolean };

const THIS = 'store_id = $1 and plugin = $2 and kind = $3 and key = $4';
const MINE = `${THIS} and state = 'started' and attempts = $5`;

/** The rows of kernel.effects. Each statement commits by itself: what is started is known before it is performed. */
export function createLedger({
  database,
  clock,
  random,
  lease,
}: {
  database: KernelDatabase;
  clock: KernelServices['clock'];
  random: KernelServices['random'];
  /** Milliseconds after which a started effect that was not renewed counts as left behind. */
  lease: number;
}) {
  const change = (sql: string, values: readonly unknown[]) => database.query<{ key: string }>(sql, values);
  const until = () => new Date(clock.now().getTime() + lease);

  return {
    /** Takes the effect when it is new, planned or left behind; of many that try at once, one gets it. */
    async claim(effect: EffectName): Promise<Claim | undefined> {
      const rows = await database.query<{ attempts: number; idempotency_key: string }>(
        `insert into kernel.effects (store_id, plugin, kind, key, state, idempotency_key, attempts, started_at, leased_until)
         values ($1, $2, $3, $4, 'started', $5, 1, $6, $7)
         on conflict (store_id, plugin, kind, key) do update
         set state = 'started', attempts = effects.attempts + 1, started_at = $6, leased_until = $7
         where effects.state = 'planned'
            or (effects.state = 'started' and (effects.leased_until is null or effects.leased_until < $6))
         returning attempts, idempotency_key`,
        [...named(effect), random.uuid(), clock.now(), until()],
      );
      const [row] = rows;
      return (
        row && { attempts: row.attempts, idempotencyKey: row.idempotency_key, isStale: row.attempts > 1 }
      );
    },
    async find(effect: EffectName): Promise<{ state: string; reference: string | null } | undefined> {
      const [row] = await database.query<{ state: string; reference: string | null }>(
        `select state, reference from kernel.effects where ${THIS}`,
        named(effect),
      );
      return row;
    },
    async renew(effect: EffectName, { attempts }: Claim): Promise<void> {
      await change(`update kernel.effects set leased_until = $6 where ${MINE}`, [
        ...named(effect),
        attempts,
        until(),
      ]);
    },
    async letGo(effect: EffectName, { attempts }: Claim): Promise<void> {
      await change(`update kernel.effects set leased_until = null where ${MINE}`, [
        ...named(effect),
        attempts,
      ]);
    },
    /** Not only by the holder: a reference that came late is worth more than none. */
    async done(effect: EffectName, reference: string): Promise<void> {
      await change(
        `update kernel.effects set state = 'done', reference = $5, done_at = $6, leased_until = null
         where ${THIS} and state <> 'done'`,
        [...named(effect), reference, clock.now()],
      );
    },
    async giveUp(effect: EffectName, { attempts }: Claim): Promise<void> {
      await change(`update kernel.effects set state = 'unknown', leased_until = null where ${MINE}`, [
        ...named(effect),
        attempts,
      ]);
    },
    /** `again` begins to count anew, so that the provider is not asked but called, with the same idempotency key. */
    async settle(effect: EffectName, decision: 'again' | 'done'): Promise<boolean> {
      const rows =
        decision === 'again'
          ? await change(
              `update kernel.effects set state = 'planned', attempts = 0 where ${THIS} and state = 'unknown' returning key`,
              named(effect),
            )
          : await change(
              `update kernel.effects set state = 'done', reference = coalesce(reference, ''), done_at = $5
               where ${THIS} and state = 'unknown' returning key`,
              [...named(effect), clock.now()],
            );
      return rows.length === 1;
    },
  };
}

function named({ plugin, kind, key }: EffectName): unknown[] {
  return [current().store?.ref.id ?? null, plugin, kind, key];
}

import { ok, refused, type Accepted, type Refused } from 'kontor/sdk';
import { brokenConstraint } from '../database/errors.ts';
import type { KernelDatabase } from '../parts.ts';

export type ChangePlatform = <Value, Refusal extends string = never>(
  work: () => Promise<Value>,
  refusals?: Readonly<Record<string, Refusal>>,
  details?: Record<string, unknown>,
) => Promise<Accepted<Value> | Refused<Refusal>>;

/**
 * Changes tables of the platform in one transaction. Refusals go by constraint: the database decides, so that two at once
 * cannot both pass.
 *
 * @example change(() => insert(handle), { handles_key: 'handleTaken' }, { handle })
 */
export function createChange({ platform }: Pick<KernelDatabase, 'platform'>): ChangePlatform {
  return async (work, refusals, details) => {
    try {
      return ok(await platform.transaction(work));
    } catch (error) {
      const refusal = refusals?.[brokenConstraint(error) ?? ''];
      if (refusal) return refused(refusal, details);
      throw error;
    }
  };
}

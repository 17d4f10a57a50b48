import { ok, refused, type Accepted, type Refused } from 'kontor/sdk';
import { brokenConstraint } from '../database/errors.ts';
import type { KernelDatabase } from '../parts.ts';

/**
 * Changes tables of the platform in one transaction. Refusals go by constraint: the database decides, so that two at once
 * cannot both pass.
 *
 * @example change(platform, () => insert(handle), { handles_key: 'handleTaken' }, { handle })
 */
export async function change<Value, Refusal extends string = never>(
  platform: KernelDatabase['platform'],
  work: () => Promise<Value>,
  refusals?: Readonly<Record<string, Refusal>>,
  details?: Record<string, unknown>,
): Promise<Accepted<Value> | Refused<Refusal>> {
  try {
    return ok(await platform.transaction(work));
  } catch (error) {
    const refusal = refusals?.[brokenConstraint(error) ?? ''];
    if (refusal) return refused(refusal, details);
    throw error;
  }
}

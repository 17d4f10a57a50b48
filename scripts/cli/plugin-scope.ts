import type { ParseArgsOptionsConfig } from 'node:util';
import type { Kernel, PluginChange } from '../../kernel/parts.ts';
import { type Given, UsageError } from './command.ts';
import { findStore } from './find-store.ts';

export const scopeOptions = {
  store: { type: 'string' },
  tier: { type: 'string' },
} satisfies ParseArgsOptionsConfig;

export const scopeExplained = {
  store: 'For one store, by its handle',
  tier: 'For stores of a tier',
};

/** For disabling only. */
export const alongOptions = { along: { type: 'boolean' } } satisfies ParseArgsOptionsConfig;
export const alongExplained = { along: 'Disable what needs it along with it' };

/** For whom a plugin is changed; the platform when nothing is said. */
export async function scopeOf(kernel: Kernel, { options }: Given): Promise<PluginChange['scope']> {
  if (options.store && options.tier) throw new UsageError('Give --store or --tier, not both');
  if (options.store) return { storeId: (await findStore(kernel, String(options.store))).ref.id };
  return options.tier ? { tier: String(options.tier) } : 'platform';
}

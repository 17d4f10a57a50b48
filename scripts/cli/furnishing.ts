import type { Kernel } from '../../kernel/parts.ts';
import { fillDemo } from '../demo/fill.ts';
import { firstStart, type SignIn } from '../first-start.ts';
import { aligned } from './aligned.ts';

export type Furnished = {
  /** Of people who were made; none when the platform was furnished already. */
  readonly signIns: readonly SignIn[];
  /** Resolves when the demo's year has been lived through; at once where there is no demo. */
  readonly year: Promise<void>;
};

/** Furnishes an empty platform, in development as a demo: its shops can be visited when this answers. */
export async function furnish(kernel: Kernel): Promise<Furnished> {
  const { signIns, storeIds } = await firstStart(kernel);
  if (!storeIds || !kernel.config.hasDemo) return { signIns, year: Promise.resolve() };
  return { signIns, ...(await fillDemo(kernel, storeIds)) };
}

export function signInLines(signIns: readonly SignIn[]): string[] {
  return aligned(signIns.map(({ about, email, password }) => [about, email, password]));
}

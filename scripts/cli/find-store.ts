import type { StoreContext } from '../../kernel/context.ts';
import { nearest } from '../../kernel/nearest.ts';
import type { Kernel } from '../../kernel/parts.ts';
import { CommandError } from './command.ts';

/** A store by its handle. */
export async function findStore({ tenancy }: Kernel, handle: string): Promise<StoreContext> {
  const store = await tenancy.byHandle(handle);
  if (store) return store;
  const known = (await tenancy.admin.list()).map((each) => each.handle);
  const meant = nearest(handle, known);
  throw new CommandError(
    `There is no store '${handle}'${meant ? `: did you mean '${meant}'?` : '.'} See kontor stores list`,
  );
}

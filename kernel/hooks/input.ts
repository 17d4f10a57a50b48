import type { Lease } from '../context.ts';
import type { Floor, Tenancy } from '../parts.ts';

/** What filters, guards and events stand on. */
export type HooksInput = Omit<Floor, 'config'> & {
  readonly tenancy: Pick<Tenancy, 'byId'>;
  /** What the database does with the statements of one handler inside a transaction. */
  readonly savepoints: { release(lease: Lease): Promise<void>; rollback(lease: Lease): Promise<void> };
};

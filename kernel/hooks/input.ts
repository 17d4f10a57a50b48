import type { KernelServices } from 'kontor/sdk';
import type { Lease } from '../context.ts';
import type { Changes, EnterPlugin, KernelDatabase, KernelLog, Tenancy } from '../parts.ts';

/** What filters, guards and events stand on. */
export type HooksInput = {
  readonly database: KernelDatabase;
  readonly changes: Pick<Changes, 'announce' | 'on'>;
  readonly tenancy: Pick<Tenancy, 'byId'>;
  readonly clock: KernelServices['clock'];
  readonly random: KernelServices['random'];
  readonly log: KernelLog;
  readonly metrics: KernelServices['metrics'];
  readonly enter: EnterPlugin;
  /** What the database does with the statements of one handler inside a transaction. */
  readonly savepoints: { release(lease: Lease): Promise<void>; rollback(lease: Lease): Promise<void> };
};

import type pg from 'pg';
import { type StoreContext, within } from '../../kernel/context.ts';
import { startKernel } from '../../kernel/kernel.ts';
import { silentLog, testConfig } from '../../sdk/testing/database.ts';
import { dieAtStatement } from './die-at-statement.ts';

/* A process that writes three changes, delivers what follows, and kills itself at one statement: before it is sent, or
 * after it was answered. Without a fault it finishes, and prints how many statements there were. */

const { target, bundled, changes, storeId, ...at } = JSON.parse(process.argv[2]!) as {
  target: pg.ClientConfig;
  bundled: string;
  faultAt: number | null;
  faultAfter: boolean;
  changes: number;
  storeId: number;
};

const fault = dieAtStatement(at);
const kernel = await startKernel({
  config: testConfig(),
  target: target as never,
  log: silentLog(),
  until: 'control',
  places: { bundled, modules: [] },
});
const store = (await kernel.tenancy.byId(storeId)) as StoreContext;
const { services } = kernel.plugins.running[0]!;
if (at.faultAt !== null || changes > 0) fault.arm();
await within({ store, plugin: 'ledger', actor: { kind: 'system', reason: 'a fault test' } }, async () => {
  for (let turn = 0; turn < changes; turn += 1) {
    await services.database.transaction(async () => {
      const [row] = await services.database.query<{ id: number }>(
        'insert into ledger.changes (store_id, text) values ($1, $2) returning id',
        [storeId, `change ${turn}`],
      );
      await services.events.emit('ledger.changed' as never, { changeId: row!.id } as never, {
        entity: 'change',
      });
    });
  }
});
await kernel.jobs.drain();
fault.disarm();
process.stdout.write(String(fault.count()));
process.exit(0);

import pg from 'pg';
import { type StoreContext, within } from '../../kernel/context.ts';
import { startKernel } from '../../kernel/kernel.ts';
import { silentLog, testConfig } from '../../sdk/testing/database.ts';

/* A process that writes three changes, delivers what follows, and kills itself at one statement: before it is sent, or
 * after it was answered. Without a fault it finishes, and prints how many statements there were. */

const { target, bundled, faultAt, faultAfter, changes, storeId } = JSON.parse(process.argv[2]!) as {
  target: pg.ClientConfig;
  bundled: string;
  faultAt: number | null;
  faultAfter: boolean;
  changes: number;
  storeId: number;
};

let count = 0;
let isArmed = false;
const die = () => process.kill(process.pid, 'SIGKILL');
const query = pg.Client.prototype.query as (...words: unknown[]) => unknown;

pg.Client.prototype.query = function counted(this: pg.Client, ...words: unknown[]): unknown {
  if (!isArmed) return query.apply(this, words);
  count += 1;
  if (count !== faultAt) return query.apply(this, words);
  if (!faultAfter) return die();
  const given = words[0] as { callback?: (...answer: unknown[]) => void };
  if (typeof given?.callback === 'function') {
    given.callback = die;
    return query.apply(this, words);
  }
  if (typeof words.at(-1) === 'function') words[words.length - 1] = die;
  const answer = query.apply(this, words);
  void Promise.resolve(answer).then(die, die);
  return answer;
} as typeof pg.Client.prototype.query;

const kernel = await startKernel({
  config: testConfig(),
  target: target as never,
  log: silentLog(),
  until: 'control',
  places: { bundled, modules: [] },
});
const store = (await kernel.tenancy.byId(storeId)) as StoreContext;
const { services } = kernel.plugins.running[0]!;
isArmed = faultAt !== null || changes > 0;
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
isArmed = false;
process.stdout.write(String(count));
process.exit(0);

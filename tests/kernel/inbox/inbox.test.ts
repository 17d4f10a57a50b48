import t, { type Test } from 'tap';
import { enterAs, type StoreContext } from '../../../kernel/context.ts';
import { createInbox } from '../../../kernel/inbox/index.ts';
import { startTestDatabase } from '../../support/database.ts';

async function startInbox(t: Test) {
  const opened = await startTestDatabase(t);
  const part = createInbox({
    database: opened.database,
    clock: { now: () => new Date('2026-11-22T09:00:00Z') },
  });
  const inStore = <Value>(store: StoreContext, work: () => Promise<Value>) =>
    enterAs({ actor: { kind: 'system', reason: 'test' }, store }, work);
  return { ...opened, ...opened.stores, inbox: part.forPlugin('sample'), forPlugin: part.forPlugin, inStore };
}

t.test('an event has its effect once, in each store and plugin', async (t) => {
  const { a, b, inbox, forPlugin, inStore } = await startInbox(t);
  let effects = 0;
  const work = async () => {
    effects += 1;
  };

  t.equal(await inStore(a, () => inbox.once('stripe', 'evt_1', work)), true);
  t.equal(await inStore(a, () => inbox.once('stripe', 'evt_1', work)), false);
  t.equal(effects, 1);
  t.equal(await inStore(a, () => inbox.once('stripe', 'evt_2', work)), true);
  t.equal(await inStore(a, () => inbox.once('other', 'evt_1', work)), true);
  t.equal(await inStore(a, () => forPlugin('second').once('stripe', 'evt_1', work)), true);
  t.equal(await inStore(b, () => inbox.once('stripe', 'evt_1', work)), true);
});

t.test('twenty at once are one', async (t) => {
  const { a, inbox, inStore } = await startInbox(t);
  let effects = 0;

  const came = await Promise.all(
    Array.from({ length: 20 }, () =>
      inStore(a, () =>
        inbox.once('stripe', 'evt_1', async () => {
          effects += 1;
        }),
      ),
    ),
  );

  t.equal(effects, 1);
  t.equal(came.filter(Boolean).length, 1);
});

t.test('work that throws leaves no note, so that the event may come again', async (t) => {
  const { a, inbox, inStore } = await startInbox(t);

  await t.rejects(
    inStore(a, () => inbox.once('stripe', 'evt_1', () => Promise.reject(new Error('no')))),
    { message: 'no' },
  );

  t.equal(await inStore(a, () => inbox.once('stripe', 'evt_1', async () => undefined)), true);
});

t.test('the note is of the transaction of the work', async (t) => {
  const { a, inbox, inStore, database } = await startInbox(t);

  const outer = inStore(a, () =>
    database.transaction(async () => {
      await inbox.once('stripe', 'evt_1', async () => undefined);
      throw new Error('rolled back');
    }),
  );
  await t.rejects(outer, { message: 'rolled back' });

  t.equal(await inStore(a, () => inbox.once('stripe', 'evt_1', async () => undefined)), true);
});

t.test('is refused outside of a store', async (t) => {
  const { inbox } = await startInbox(t);

  await t.rejects(
    inbox.once('stripe', 'evt_1', async () => undefined),
    { code: 'KERNEL_ERR_INBOX_NO_STORE' },
  );
});

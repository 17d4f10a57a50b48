import t, { type Test } from 'tap';
import { Type } from 'kontor/sdk';
import { listener, startEvents } from '../events/support.ts';
import { aPlugin } from './support.ts';

type Handle = (text: string) => unknown;

t.test("takes a handler's statements back when it is set aside, and keeps those of others", async (t) => {
  const { filterInTransaction, write, written, fail } = await startNotes(t, {
    a: async (text) => {
      await write(1);
      return `${text} a`;
    },
    b: async () => {
      await write(2);
      throw new Error('set aside');
    },
    c: async (text) => {
      await write(3);
      await fail().catch(() => undefined); // keeps quiet about a failed statement
      return `${text} c`;
    },
    d: async (text) => {
      await write(4);
      return `${text} d`;
    },
  });

  t.equal(await filterInTransaction('note.text'), 'hello a d');
  t.same(await written(), [1, 4]);
});

t.test('takes back what handlers wrote inside of a handler that is set aside', async (t) => {
  const { filterInTransaction, filter, write, written } = await startNotes(t, {
    a: async () => {
      await filter('note.title', 'title');
      throw new Error('set aside after the inner one did well');
    },
    b: {
      'note.title': async (title) => {
        await write(1);
        return title;
      },
      'note.text': async (text) => {
        await write(2);
        return text;
      },
    },
  });

  t.equal(await filterInTransaction('note.text'), 'hello');
  t.same(await written(), [2]);
});

t.test('refuses statements of a handler whose time is up, and the caller goes on', async (t) => {
  const { promise: timeUp, resolve: next } = Promise.withResolvers<void>();
  const { promise: reported, resolve: report } = Promise.withResolvers<unknown>();
  const { filterInTransaction, write, written } = await startNotes(
    t,
    {
      a: async () => {
        await write(1);
        await timeUp;
        await write(2).catch(report);
      },
      b: async (text) => {
        next();
        const error = await reported;
        await write(3);
        return `${text}: ${(error as { code: string }).code}`;
      },
    },
    1000,
  );

  t.equal(await filterInTransaction('note.text'), 'hello: KERNEL_ERR_LEASE_ENDED');
  t.same(await written(), [3]);
});

t.test('lets a deadlock through, so that the whole transaction is done again', async (t) => {
  let attempts = 0;
  const { filterInTransaction, write, written } = await startNotes(t, {
    a: async (text) => {
      attempts += 1;
      await write(attempts);
      if (attempts < 3) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      return `${text} a`;
    },
  });

  t.equal(await filterInTransaction('note.text'), 'hello a');
  t.same(await written(), [3]);
});

t.test('keeps filters that run side by side in one transaction out of each other', async (t) => {
  const { inTransaction, filter, write, written } = await startNotes(t, {
    a: {
      'note.title': async (title) => {
        await write(1);
        throw new Error(`set aside: ${title}`);
      },
      'note.text': async (text) => {
        await write(2);
        return `${text} a`;
      },
    },
  });

  const names = ['note.title', 'note.text', 'note.title', 'note.text'];
  const values = await inTransaction(() => Promise.all(names.map((name) => filter(name, 'hello'))));

  t.same(values, ['hello', 'hello a', 'hello', 'hello a']);
  t.same(await written(), [2, 2]);
});

/** Two filters with these handlers by plugin; what they write are events, which are delivered only when they stand. */
async function startNotes(
  t: Test,
  handlers: Record<string, Handle | Record<string, Handle>>,
  budget = 10_000,
) {
  const value = { value: Type.String(), budget };
  const owner = aPlugin(
    { id: 'owner' },
    { declares: { filters: { 'note.text': value, 'note.title': value } } },
  );
  const got: number[] = [];
  const { startNode, database, inStore, a } = await startEvents(t);
  const { events, hooks, deliver } = startNode(
    listener('reader', ({ payload }) => void got.push(payload.n)),
    owner,
    ...Object.entries(handlers).map(([id, handle]) =>
      aPlugin({ id }, { filters: typeof handle === 'function' ? { 'note.text': handle } : handle }),
    ),
  );
  const inTransaction = <Value>(work: () => Promise<Value>) => inStore(a, () => database.transaction(work));
  return {
    filter: hooks.filter,
    inTransaction,
    filterInTransaction: (name: string) => inTransaction(() => hooks.filter(name, 'hello')),
    write: (n: number) => events.emit('note.written', { n }, { entity: 'note:1' }),
    fail: () => database.query('select 1 / 0'),
    async written(): Promise<number[]> {
      await deliver();
      return got;
    },
  };
}

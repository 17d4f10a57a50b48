import t from 'tap';
import { listener, notes, startEvents, type Got } from './support.ts';

t.test('delivers an event with the change it was written with, to the store it happened in', async (t) => {
  const got: Got[] = [];
  const { startNode, a, b } = await startEvents(t);
  const { emit, deliver } = startNode(listener('mail', (event) => void got.push(event)));

  await emit(a, 1, 'note:1');
  await emit(b, 2, 'note:1');

  t.equal(await deliver(), 2);
  t.equal(await deliver(), 0);
  t.match(
    got.sort((x, y) => x.payload.n - y.payload.n),
    [
      {
        name: 'note.written',
        payload: { n: 1 },
        entity: 'note:1',
        attempt: 1,
        id: /^[0-9a-f-]{36}$/,
        occurredAt: Date,
      },
      { name: 'note.written', payload: { n: 2 }, entity: 'note:1', attempt: 1 },
    ],
  );
});

t.test('delivers nothing of what was rolled back', async (t) => {
  const got: Got[] = [];
  const { startNode, database, inStore, a } = await startEvents(t);
  const { events, deliver } = startNode(listener('mail', (event) => void got.push(event)));
  const about = { entity: 'note:1' };

  const failed = inStore(a, () =>
    database.transaction(async () => {
      await events.emit('note.written', { n: 1 }, about);
      throw new Error('changed my mind');
    }),
  );
  await t.rejects(failed, { message: 'changed my mind' });
  await inStore(a, () =>
    database.transaction(async () => {
      await events.emit('note.written', { n: 2 }, about);
      await events.emit('note.written', { n: 3 }, about);
    }),
  );

  t.equal(await deliver(), 2);
  t.same(
    got.map(({ payload }) => payload.n),
    [2, 3],
  );
});

t.test(
  'refuses a payload that the owner does not declare, an unknown name, and any outside of a store',
  async (t) => {
    const { startNode, inStore, a } = await startEvents(t);
    const { events } = startNode();
    const emit = (name: string, payload: unknown) => events.emit(name, payload, { entity: 'note:1' });

    await inStore(a, async () => {
      await t.rejects(emit('note.written', { n: 'one' }), {
        code: 'KERNEL_ERR_PAYLOAD',
        message:
          "The event 'note.written' was given what plugin 'notes' does not declare: expected /n must be integer, got 'one'",
      });
      await t.rejects(emit('note.writen', { n: 1 }), {
        code: 'KERNEL_ERR_UNKNOWN_HOOK',
        message: /did you mean 'note\.written'/,
      });
    });
    await t.rejects(emit('note.written', { n: 1 }), { code: 'KERNEL_ERR_NO_STORE' });
  },
);

t.test('delivers to plugins that are on for the store when it is committed', async (t) => {
  const got: string[] = [];
  const { startNode, turnOn, a, b } = await startEvents(t);
  const { emit, deliver } = startNode(listener('mail', ({ payload }) => void got.push(`mail ${payload.n}`)));
  turnOn(b, ['notes']);

  await emit(a, 1);
  await emit(b, 2);
  await deliver();
  turnOn(b, ['notes', 'mail']);
  await emit(b, 3);
  await deliver();

  t.same(got, ['mail 1', 'mail 3']);
});

t.test(
  'keeps what waits for a plugin that is turned off meanwhile, and delivers it once it is on again',
  async (t) => {
    const got: number[] = [];
    let isDown = true;
    const { startNode, turnOn, clock, a } = await startEvents(t);
    const { emit, deliver } = startNode(
      listener('mail', ({ payload, attempt }) => {
        if (isDown) throw new Error('down');
        got.push(payload.n, attempt);
      }),
    );
    await emit(a, 1);
    await deliver();

    turnOn(a, ['notes']);
    isDown = false;
    clock.forward(10_000);
    t.equal(await deliver(), 0);
    turnOn(a, ['notes', 'mail']);
    clock.forward(300_000);

    t.equal(await deliver(), 1);
    t.same(got, [1, 2], 'the second attempt: being off counts as none');
  },
);

t.test('gives events of one entity in the order of their commits, whoever began first', async (t) => {
  const got: number[] = [];
  const { startNode, database, inStore, a } = await startEvents(t);
  const { events, emit, deliver } = startNode(listener('mail', ({ payload }) => void got.push(payload.n)));
  const { promise: maySecondGo, resolve: letSecondGo } = Promise.withResolvers<void>();
  const { promise: mayCommit, resolve: letCommit } = Promise.withResolvers<void>();

  const first = inStore(a, () =>
    database.transaction(async () => {
      await events.emit('note.written', { n: 1 }, { entity: 'note:1' });
      letSecondGo();
      await mayCommit;
    }),
  );
  await maySecondGo;
  const second = emit(a, 2, 'note:1');
  await emit(a, 3, 'note:2');
  t.equal(await deliver(), 1, 'another entity does not wait');
  letCommit();
  await Promise.all([first, second]);
  await deliver();

  t.same(got, [3, 1, 2]);
});

t.test('keeps events for a node where their owner runs', async (t) => {
  const got: number[] = [];
  const { startNode, a } = await startEvents(t);
  const node = startNode(listener('mail', ({ payload }) => void got.push(payload.n)));
  await node.emit(a, 1);

  await node.follow([]);
  t.equal(await node.deliver(), 0);
  await node.follow([notes, listener('mail', ({ payload }) => void got.push(payload.n))]);

  t.equal(await node.deliver(), 1);
  t.same(got, [1]);
});

import t from 'tap';
import { listener, startEvents, type Got } from './support.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

t.test(
  'lets later events of an entity wait while an earlier one is tried again, and no others',
  async (t) => {
    const got: string[] = [];
    const { startNode, clock, a } = await startEvents(t);
    const { emit, deliver } = startNode(
      listener('mail', ({ payload, entity, attempt }) => {
        if (payload.n === 1 && attempt < 3) throw new Error('not yet');
        got.push(`${entity} ${payload.n}`);
      }),
      listener('stats', ({ payload }) => void got.push(`stats ${payload.n}`)),
    );
    await emit(a, 1, 'note:1');
    await emit(a, 2, 'note:1');
    await emit(a, 3, 'note:2');

    await deliver();
    t.same(got.sort(), ['note:2 3', 'stats 1', 'stats 2', 'stats 3']);
    clock.forward(4 * SECOND);
    t.equal(await deliver(), 0, 'the first pause is 5 s');
    clock.forward(2 * SECOND);
    t.equal(await deliver(), 1);
    clock.forward(9 * SECOND);
    t.equal(await deliver(), 0, 'the second is 10 s');
    await emit(a, 4, 'note:1');
    clock.forward(2 * SECOND);
    t.equal(await deliver(), 4);

    t.same(
      got.slice(4),
      ['note:1 1', 'stats 4', 'note:1 2', 'note:1 4'].sort((x, y) => got.indexOf(x) - got.indexOf(y)),
    );
    t.ok(
      got.indexOf('note:1 1') < got.indexOf('note:1 2') && got.indexOf('note:1 2') < got.indexOf('note:1 4'),
    );
  },
);

t.test(
  'sets a delivery aside as a dead letter after two days, lets its line go on, and takes it up again when told',
  async (t) => {
    const got: number[] = [];
    let isDown = true;
    const { startNode, clock, a } = await startEvents(t);
    const { emit, deliver, admin } = startNode(
      listener('mail', ({ payload }) => {
        if (isDown && payload.n === 1) throw new Error('the target is down');
        got.push(payload.n);
      }),
    );
    await emit(a, 1);
    await emit(a, 2);

    const began = clock.now().getTime();
    let attempts = await deliver();
    while (got.length === 0) {
      clock.forward(6 * HOUR);
      attempts += await deliver();
    }
    t.same({ attempts, got }, { attempts: 21, got: [2] }, '20 attempts of the first, 1 of the second');
    t.ok(clock.now().getTime() - began > 24 * HOUR, 'a target may be down for a day');

    const [dead, ...more] = await admin.deadLetters();
    t.match(dead, {
      store_id: a,
      plugin: 'mail',
      name: 'note.written',
      entity: 'note:1',
      last_error: 'the target is down',
    });
    t.same(more, []);
    isDown = false;
    t.equal(await admin.retryDelivery(a, Number(dead!.id)), true);
    t.equal(await admin.retryDelivery(a, Number(dead!.id)), false, 'it waits already');
    t.equal(await deliver(), 1);
    t.same(got, [2, 1]);
    t.same(await admin.deadLetters(), []);
  },
);

t.test(
  'never makes one delivery twice at the same time with two nodes, and keeps the order of each entity',
  async (t) => {
    const got: Got[] = [];
    const atWork = new Set<string>();
    let twice = 0;
    const handle = async (event: Got) => {
      if (atWork.has(event.entity)) twice += 1;
      atWork.add(event.entity);
      await new Promise((resolve) => setImmediate(resolve));
      atWork.delete(event.entity);
      got.push(event);
    };
    const { startNode, a, b } = await startEvents(t);
    const nodes = [startNode(listener('mail', handle)), startNode(listener('mail', handle))];
    const entities = Array.from({ length: 8 }, (_, index) => `note:${index}`);

    for (let n = 0; n < 10; n += 1) {
      await Promise.all(entities.map((entity, index) => nodes[n % 2]!.emit(index % 2 ? a : b, n, entity)));
    }
    const counts = await Promise.all(nodes.map(({ deliver }) => deliver()));

    t.equal(counts[0]! + counts[1]!, 80);
    t.equal(twice, 0);
    t.equal(new Set(got.map(({ id }) => id)).size, 80);
    for (const entity of entities) {
      t.same(
        got.filter((event) => event.entity === entity).map(({ payload }) => payload.n),
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      );
    }
  },
);

t.test('delivers again what a killed process had claimed', async (t) => {
  const got: string[] = [];
  const { startNode, clock, a } = await startEvents(t);
  const { promise: began, resolve: begin } = Promise.withResolvers<void>();
  const { promise: end, resolve: release } = Promise.withResolvers<void>();
  const killed = startNode(
    listener('mail', async () => {
      begin();
      await end; // as a process that is gone: it never comes to an end
    }),
  );
  const other = startNode(listener('mail', ({ attempt }) => void got.push(`attempt ${attempt}`)));
  await killed.emit(a, 1);
  const lost = killed.deliver();
  await began;

  t.equal(await other.deliver(), 0, "it is somebody else's for now");
  clock.forward(61 * SECOND);
  t.equal(await other.deliver(), 1);
  t.same(got, ['attempt 2']);

  release();
  await lost;
  t.equal(await other.deliver(), 0, 'who comes back late changes nothing');
});

t.test('replays a span of time to one plugin, in order, with the same ids', async (t) => {
  const got: { plugin: string; id: string; n: number }[] = [];
  const note = (plugin: string) =>
    listener(plugin, ({ id, payload }) => void got.push({ plugin, id, n: payload.n }));
  const { startNode, clock, a, b } = await startEvents(t);
  const { emit, deliver, admin } = startNode(note('mail'), note('stats'));
  await emit(a, 1);
  clock.forward(HOUR);
  const from = clock.now();
  await emit(a, 2);
  await emit(a, 3);
  await emit(b, 4);
  clock.forward(HOUR);
  const to = clock.now();
  await emit(a, 5);
  await deliver();
  const before = got.splice(0);

  t.equal(await admin.replay({ storeId: a, from, to, plugin: 'mail' }), 2);
  t.equal(await deliver(), 2);

  t.same(
    got,
    before.filter(({ plugin, n }) => plugin === 'mail' && (n === 2 || n === 3)),
  );
  t.equal(await admin.replay({ storeId: a, from, to, name: 'note.removed' }), 0);
});

t.test('drops what is done after 30 days, and keeps dead letters', async (t) => {
  const { startNode, clock, database, a } = await startEvents(t);
  const { emit, deliver, admin } = startNode(
    listener('mail', ({ payload }) => {
      if (payload.n === 2) throw new Error('never');
    }),
  );
  await emit(a, 1, 'note:1');
  await emit(a, 2, 'note:2');
  await deliver();
  for (let attempt = 2; attempt <= 20; attempt += 1) {
    clock.forward(6 * HOUR);
    await deliver();
  }
  t.equal(await admin.tidy(), 0);
  clock.forward(30 * 24 * HOUR);
  await emit(a, 3, 'note:3');

  t.equal(await admin.tidy(), 1);
  const left = await database.platform.query('select payload from kernel.events order by id');
  t.same(left, [{ payload: { n: 2 } }, { payload: { n: 3 } }]);
});

t.test('works off a backlog of 1,000 events, in order per entity', async (t) => {
  const got: Got[] = [];
  const { startNode, database, inStore, a, b } = await startEvents(t);
  const { events, deliver } = startNode(listener('mail', (event) => void got.push(event)));
  for (const [storeId, first] of [
    [a, 0],
    [b, 500],
  ] as const) {
    const write = async () => {
      for (let n = first; n < first + 500; n += 1) {
        await events.emit('note.written', { n }, { entity: `note:${n % 50}` });
      }
    };
    await inStore(storeId, () => database.transaction(write));
  }

  t.equal(await deliver(), 1000);
  for (const first of [0, 500]) {
    for (let k = 0; k < 50; k += 1) {
      const mine = got.filter(({ payload: { n } }) => n % 50 === k && n >= first && n < first + 500);
      t.same(
        mine.map(({ payload }) => payload.n),
        Array.from({ length: 10 }, (_, index) => first + k + 50 * index),
      );
    }
  }
});

t.test('delivers by itself once started, on whichever node listens, and stops when told', async (t) => {
  const { startNode, a } = await startEvents(t);
  let heard = Promise.withResolvers<number>();
  const worker = startNode(listener('mail', ({ payload }) => heard.resolve(payload.n)));
  const web = startNode(listener('mail', () => undefined));
  await worker.start();

  await worker.emit(a, 1);
  t.equal(await heard.promise, 1);
  heard = Promise.withResolvers();
  await web.emit(a, 2);
  t.equal(await heard.promise, 2);

  await worker.stop();
  heard = Promise.withResolvers();
  await web.emit(a, 3);
  t.equal(await web.deliver(), 1, 'still there for the next who delivers');
});

import t from 'tap';
import { MINUTE, startWithStock } from './stock.ts';

t.test('stock as the team of a store works with it', async (t) => {
  const stock = await startWithStock(t);
  const { aVariant, apiKey, clock, figures, hold, inA, jobs, kernel, member, owner, proof, stores } = stock;
  const api = `/api/stores/${stores.a.handle}/inventory`;
  const me = await owner('a');
  const stranger = await owner('b');

  t.test(
    'counts a variant, which is tracked from then on, and makes the first location by itself',
    async (t) => {
      t.same((await me.get(`${api}/locations`)).body, { items: [], next: null });
      t.match(await me.get(`${api}/levels/500`), { status: 404, body: { code: 'notTracked' } });

      const counted = await me.put(`${api}/levels/500`, { onHand: 12, reason: 'first count' });

      const { items: locations } = (await me.get(`${api}/locations`)).body;
      t.match(locations, [
        { name: 'Main stock', isDefault: true, version: 1, changedBy: `user:${me.userId}` },
      ]);
      const item = {
        variantId: 500,
        product: null,
        isTracked: true,
        onHand: 12,
        reserved: 0,
        available: 12,
        incoming: 0,
        isBackOrderAllowed: false,
        lowAt: null,
        isLow: false,
        locations: [
          {
            locationId: locations[0].id,
            name: 'Main stock',
            onHand: 12,
            reserved: 0,
            available: 12,
            bin: '',
          },
        ],
      };
      t.same([counted.status, counted.body], [200, item]);
      t.same((await me.get(`${api}/levels/500`)).body, item);
    },
  );

  t.test('refuses a count that was made from an old look', async (t) => {
    const variantId = await aVariant(5);
    const stale = await me.put(`${api}/levels/${variantId}`, { onHand: 7, wasOnHand: 4 });
    t.match(stale, { status: 409, body: { code: 'changed', details: { onHand: 5 } } });
    t.equal((await me.put(`${api}/levels/${variantId}`, { onHand: 7, wasOnHand: 5 })).body.onHand, 7);
  });

  t.test('adjusts by a difference with a reason, never below nothing', async (t) => {
    const variantId = await aVariant(5);
    const path = `${api}/levels/${variantId}/adjust`;
    t.match(await me.post(path, { change: -2, reason: 'broken' }), { status: 200, body: { onHand: 3 } });
    t.match(await me.post(path, { change: -4 }), {
      status: 409,
      body: { code: 'belowZero', details: { onHand: 3 } },
    });
    t.match(await me.post(`${api}/levels/999999/adjust`, { change: 1 }), {
      status: 404,
      body: { code: 'notTracked' },
    });
    const { items } = (await me.get(`${api}/movements?variantId=${variantId}`)).body;
    t.match(items, [
      { kind: 'adjust', onHandBefore: 5, onHandAfter: 3, reason: 'broken', actor: `user:${me.userId}` },
      { kind: 'set', onHandBefore: 0, onHandAfter: 5, reason: 'counted', actor: 'system' },
    ]);
  });

  t.test('refuses a body that is none', async (t) => {
    const variantId = await aVariant(5);
    const bad: readonly [string, object][] = [
      ['adjust', { change: 1.5 }],
      ['adjust', { change: '1' }],
      ['adjust', { change: 1e12 }],
      ['adjust', { change: 1, storeId: 2 }],
      ['adjust', {}],
    ];
    for (const [path, body] of bad) {
      t.equal((await me.post(`${api}/levels/${variantId}/${path}`, body)).status, 422, JSON.stringify(body));
    }
    for (const onHand of [-1, 0.5, '3', [3], 1e10, null]) {
      t.equal((await me.put(`${api}/levels/${variantId}`, { onHand })).status, 422, String(onHand));
    }
    t.same(await figures(variantId), [5, 0, 5]);
  });

  t.test('pages through stock and its movements by key', async (t) => {
    const variants = [await aVariant(1), await aVariant(1), await aVariant(1)];
    const seen: number[] = [];
    let next: string | null = String(variants[0]! - 1);
    while (next) {
      const { body }: { body: { items: { variantId: number }[]; next: string | null } } = await me.get(
        `${api}/levels?limit=2&cursor=${next}`,
      );
      seen.push(...body.items.map(({ variantId }) => variantId));
      next = body.next;
    }
    t.same(seen, [...variants, 500]);

    for (let at = 0; at < 4; at += 1) await me.post(`${api}/levels/${variants[0]}/adjust`, { change: 1 });
    const path = `${api}/movements?variantId=${variants[0]}&limit=3`;
    const first = (await me.get(path)).body;
    const second = (await me.get(`${path}&cursor=${first.next}`)).body;
    const after = [...first.items, ...second.items].map(({ onHandAfter }) => onHandAfter);
    t.same([after, second.next], [[5, 4, 3, 2, 1], null]);
    const adjusted = (await me.get(`${api}/movements?variantId=${variants[0]}&kind=adjust`)).body;
    t.equal(adjusted.items.length, 4);
  });

  t.test('shows who holds what, and since when', async (t) => {
    const variantId = await aVariant(9);
    await hold('cart:77', variantId, 2);
    await hold('cart:78', variantId, 1, new Date(clock.now().getTime() + MINUTE));
    await hold('cart:79', variantId, 1, new Date(clock.now().getTime() - MINUTE));
    const path = `${api}/holds?variantId=${variantId}&limit=1`;
    const { items, next } = (await me.get(path)).body;
    t.match(items, [{ reference: 'cart:77', quantity: 2, expiresAt: null, since: String }]);
    t.equal(next, 'cart:77');
    const second = (await me.get(`${path}&cursor=${next}`)).body;
    t.match(second, { items: [{ reference: 'cart:78', quantity: 1, expiresAt: String }], next: null });
    const moves = (await me.get(`${api}/movements?reference=cart:77`)).body.items;
    t.match(moves, [
      { variantId, kind: 'reserve', reservedBefore: 0, reservedAfter: 2, onHandBefore: 9, onHandAfter: 9 },
    ]);
    t.equal((await me.get(`${api}/holds`)).status, 400);
  });

  t.test(
    'keeps several locations, sells from the default one first, and moves stock between them',
    async (t) => {
      const made = await me.post(`${api}/locations`, { name: 'Cellar', address: '3, rue du Puits' });
      t.match(made, {
        status: 201,
        body: { name: 'Cellar', address: '3, rue du Puits', isDefault: false, version: 1 },
      });
      t.match(await me.post(`${api}/locations`, { name: 'cellar' }), {
        status: 409,
        body: { code: 'nameTaken' },
      });
      const [main] = (await me.get(`${api}/locations`)).body.items;
      const cellar = made.body.id;
      const variantId = await aVariant(2);
      await me.put(`${api}/levels/${variantId}`, { onHand: 5, locationId: cellar });
      t.same(await figures(variantId), [7, 0, 7]);

      await hold('cart:80', variantId, 1);
      await hold('cart:81', variantId, 4);
      await hold('cart:82', variantId, 2);
      const places = async () =>
        (await me.get(`${api}/levels/${variantId}`)).body.locations.map(
          (one: { name: string; onHand: number; reserved: number }) => [one.name, one.onHand, one.reserved],
        );
      t.same(await places(), [
        ['Main stock', 2, 2],
        ['Cellar', 5, 5],
      ]);
      await inA(({ inventory }) => inventory.release('cart:81'));
      await inA(({ inventory }) => inventory.fulfil('cart:82', [{ variantId, quantity: 2 }]));
      t.same(await places(), [
        ['Main stock', 1, 1],
        ['Cellar', 4, 0],
      ]);

      const move = { from: cellar, to: main.id, reason: 'refill' };
      const tooMuch = await me.post(`${api}/transfers`, { ...move, lines: [{ variantId, quantity: 5 }] });
      t.match(tooMuch, { status: 409, body: { code: 'notEnough', details: { lines: [{ available: 4 }] } } });
      t.equal(
        (await me.post(`${api}/transfers`, { ...move, to: cellar, lines: [{ variantId, quantity: 1 }] }))
          .status,
        422,
      );
      t.equal(
        (await me.post(`${api}/transfers`, { ...move, lines: [{ variantId, quantity: 3 }] })).status,
        204,
      );
      t.same(await places(), [
        ['Main stock', 4, 1],
        ['Cellar', 1, 0],
      ]);
      const inCellar = (await me.get(`${api}/levels?locationId=${cellar}`)).body.items;
      t.same(
        inCellar.map((item: { variantId: number }) => item.variantId),
        [variantId],
      );

      t.match(await me.delete(`${api}/locations/${cellar}`), { status: 409, body: { code: 'notEmpty' } });
      t.match(await me.delete(`${api}/locations/${main.id}`), { status: 409, body: { code: 'isDefault' } });
      await me.put(`${api}/levels/${variantId}`, { onHand: 0, locationId: cellar });
      t.equal((await me.delete(`${api}/locations/${cellar}`)).status, 204);
      t.same(await places(), [['Main stock', 4, 1]]);
      t.match(await proof(), { isRight: true, faults: [] });
    },
  );

  t.test('makes another location the default one, and refuses a change made from an old look', async (t) => {
    const { body: made } = await me.post(`${api}/locations`, { name: 'Shop' });
    const path = `${api}/locations/${made.id}`;
    t.match(await me.patch(path, { version: 1, isDefault: true, name: 'The shop' }), {
      status: 200,
      body: { name: 'The shop', isDefault: true, version: 2 },
    });
    t.match(await me.patch(path, { version: 1, name: 'Old shop' }), {
      status: 409,
      body: { code: 'changed', details: { version: 2, changedBy: `user:${me.userId}` } },
    });
    const { items } = (await me.get(`${api}/locations`)).body;
    t.same(
      items.map((one: { name: string; isDefault: boolean }) => [one.name, one.isDefault]),
      [
        ['The shop', true],
        ['Main stock', false],
      ],
    );
    const [, main] = items;
    t.equal(
      (await me.patch(`${api}/locations/${main.id}`, { version: main.version, isDefault: true })).status,
      200,
    );
  });

  t.test('keeps bins, back-orders and when a variant is low', async (t) => {
    const variantId = await aVariant(5);
    const path = `${api}/levels/${variantId}`;
    const [place] = (await me.get(path)).body.locations;
    const change = {
      isBackOrderAllowed: true,
      lowAt: 4,
      bins: [{ locationId: place.locationId, bin: 'A-12' }],
    };
    t.match(await me.patch(path, change), {
      status: 200,
      body: { isBackOrderAllowed: true, lowAt: 4, locations: [{ bin: 'A-12' }] },
    });
    t.match(await me.patch(path, { bins: [{ locationId: 999999, bin: 'B' }] }), {
      status: 404,
      body: { code: 'notThere' },
    });
    t.match(await me.patch(`${api}/levels/999999`, { lowAt: 1 }), { status: 404 });
    t.match(await me.patch(path, { lowAt: null }), { body: { lowAt: null, isBackOrderAllowed: true } });
  });

  t.test('lists what is low, and forgets it when there is enough again', async (t) => {
    const [variantId, enough] = [await aVariant(3), await aVariant(30)];
    await jobs.drain();
    const low = async () => {
      await jobs.drain();
      const { items } = (await me.get(`${api}/levels?isLow=true&limit=100`)).body;
      return items
        .map((item: { variantId: number }) => item.variantId)
        .filter((id: number) => id >= variantId && id <= enough);
    };
    t.same(await low(), []);
    await hold('cart:90', variantId, 1);
    t.same(await low(), [variantId]);
    await me.patch(`${api}/levels/${enough}`, { lowAt: 50 });
    t.same(await low(), [variantId, enough]);
    await inA(({ inventory }) => inventory.release('cart:90'));
    t.same(await low(), [enough]);
  });

  t.test('takes in goods on their way, in parts, and expects the rest', async (t) => {
    const [one, other] = [await aVariant(1), 700_001];
    const lines = [
      { variantId: one, quantity: 10 },
      { variantId: other, quantity: 4 },
    ];
    const made = await me.post(`${api}/incoming`, {
      supplier: 'Weaver',
      number: 'PO-7',
      expectedOn: '2027-01-15',
      lines,
    });
    t.match(made, {
      status: 201,
      body: {
        state: 'open',
        supplier: 'Weaver',
        expectedOn: '2027-01-15',
        lines: [
          { variantId: one, expected: 10, received: 0 },
          { variantId: other, expected: 4, received: 0 },
        ],
      },
    });
    const path = `${api}/incoming/${made.body.id}`;
    const incoming = async (variantId: number) => (await stock.level(variantId)).incoming;
    t.same([await incoming(one), await incoming(other)], [10, 4]);
    t.match(await stock.level(other), { isTracked: false });

    const part = await me.post(`${path}/receive`, { lines: [{ variantId: one, quantity: 6 }] });
    t.match(part, {
      status: 200,
      body: { state: 'open', version: 2, lines: [{ received: 6 }, { received: 0 }] },
    });
    t.same([await figures(one), await incoming(one)], [[7, 0, 7], 4]);
    t.match(await me.post(`${path}/receive`, { lines: [{ variantId: 5555, quantity: 1 }] }), {
      status: 409,
      body: { code: 'notExpected' },
    });

    t.match(await me.patch(path, { version: 1, note: 'late' }), { status: 409, body: { code: 'changed' } });
    const less = [{ variantId: one, quantity: 5 }];
    t.match(await me.patch(path, { version: 2, lines: less }), {
      status: 409,
      body: { code: 'cameAlready' },
    });
    const more = [
      { variantId: one, quantity: 8 },
      { variantId: other, quantity: 4 },
    ];
    t.match(await me.patch(path, { version: 2, note: 'late', lines: more }), {
      status: 200,
      body: { version: 3, note: 'late' },
    });
    t.same([await incoming(one), await incoming(other)], [2, 4]);

    t.match(await me.post(`${path}/receive`, {}), { status: 200, body: { state: 'received' } });
    t.same(
      [await figures(one), await figures(other), await incoming(one), await incoming(other)],
      [[9, 0, 9], [4, 0, 4], 0, 0],
    );
    t.match(await me.post(`${path}/receive`, {}), { status: 409, body: { code: 'closed' } });
    t.match((await me.get(`${api}/movements?reference=incoming:${made.body.id}`)).body.items, [
      { kind: 'incoming', variantId: other, reason: 'PO-7' },
      { kind: 'incoming', variantId: one },
      { kind: 'incoming', variantId: one },
    ]);
    t.match(await proof(), { isRight: true, faults: [] });
  });

  t.test('expects no more what was cancelled, or came for the last time', async (t) => {
    const variantId = await aVariant(1);
    const make = async () =>
      (await me.post(`${api}/incoming`, { lines: [{ variantId, quantity: 10 }] })).body.id;
    const [first, second] = [await make(), await make()];
    t.equal((await stock.level(variantId)).incoming, 20);
    t.match(await me.post(`${api}/incoming/${first}/cancel`), { status: 200, body: { state: 'cancelled' } });
    t.equal((await stock.level(variantId)).incoming, 10);
    const last = { lines: [{ variantId, quantity: 3 }], isLast: true };
    t.match(await me.post(`${api}/incoming/${second}/receive`, last), { body: { state: 'received' } });
    t.same([await figures(variantId), (await stock.level(variantId)).incoming], [[4, 0, 4], 0]);
    const open = (await me.get(`${api}/incoming?state=open`)).body.items;
    t.same(open, []);
    t.match(await proof(), { isRight: true });
  });

  t.test('gives nothing of a store to another one', async (t) => {
    const variantId = await aVariant(5);
    const { body: order } = await me.post(`${api}/incoming`, { lines: [{ variantId, quantity: 1 }] });
    const [location] = (await me.get(`${api}/locations`)).body.items;
    const theirs = `/api/stores/${stores.b.handle}/inventory`;
    for (const base of [api, theirs]) {
      const answers = [
        await stranger.get(`${base}/levels/${variantId}`),
        await stranger.post(`${base}/levels/${variantId}/adjust`, { change: -1 }),
        await stranger.patch(`${base}/levels/${variantId}`, { lowAt: 1 }),
        await stranger.delete(`${base}/levels/${variantId}`),
        await stranger.get(`${base}/locations/${location.id}`),
        await stranger.patch(`${base}/locations/${location.id}`, { version: 1, name: 'Mine' }),
        await stranger.delete(`${base}/locations/${location.id}`),
        await stranger.put(`${base}/levels/1`, { onHand: 1, locationId: location.id }),
        await stranger.get(`${base}/incoming/${order.id}`),
        await stranger.patch(`${base}/incoming/${order.id}`, { version: 1, note: 'Mine' }),
        await stranger.post(`${base}/incoming/${order.id}/receive`, {}),
        await stranger.post(`${base}/incoming/${order.id}/cancel`),
        await stranger.post(`${base}/incoming`, {
          locationId: location.id,
          lines: [{ variantId: 1, quantity: 1 }],
        }),
        await stranger.post(`${base}/transfers`, {
          from: location.id,
          to: location.id + 1,
          lines: [{ variantId, quantity: 1 }],
        }),
      ];
      t.same(
        answers.map(({ status }) => status),
        answers.map(() => 404),
        base,
      );
    }
    const holds = await stranger.get(`${theirs}/holds?variantId=${variantId}`);
    t.same(holds.body, { items: [], next: null });
    for (const list of ['levels', 'movements', 'locations', 'incoming']) {
      t.equal((await stranger.get(`${api}/${list}`)).status, 404);
      t.same((await stranger.get(`${theirs}/${list}`)).body, { items: [], next: null }, list);
    }
    t.same(await figures(variantId), [5, 0, 5]);
  });

  t.test('lets only those count who may', async (t) => {
    const variantId = await aVariant(5);
    const path = `${api}/levels/${variantId}`;
    for (const [role, read, write] of [
      ['fulfilment', 200, 200],
      ['editor', 200, 200],
      ['accountant', 200, 403],
      ['read-only', 200, 403],
    ] as const) {
      const person = await member('a', role);
      const answers = [await person.get(path), await person.post(`${path}/adjust`, { change: 1 })];
      t.same(
        answers.map(({ status }) => status),
        [read, write],
        role,
      );
    }
    const reader = await apiKey('a', ['inventory.read']);
    t.equal((await reader.get(`${api}/verify`)).status, 200);
    t.equal((await reader.delete(path)).status, 403);
    t.match(await me.delete(path), { status: 204 });
    t.match(await me.delete(path), { status: 404, body: { code: 'notTracked' } });
  });

  t.test(
    'needs a higher tier for a second location and for goods on their way, and keeps what is there',
    async (t) => {
      const variantId = await aVariant(5);
      await kernel.features.setMerchantTier(stores.a.merchantId, 'essential');
      const location = await me.post(`${api}/locations`, { name: 'Garage' });
      t.match(location, { status: 403, body: { detail: /inventory.locations/ } });
      const order = await me.post(`${api}/incoming`, { lines: [{ variantId, quantity: 1 }] });
      t.match(order, { status: 403, body: { detail: /inventory.purchase_orders/ } });
      t.equal((await me.put(`${api}/levels/${variantId}`, { onHand: 6 })).status, 200);
      t.equal((await me.get(`${api}/locations`)).body.items.length, 2);
      await kernel.features.setMerchantTier(stores.a.merchantId, 'enterprise');
    },
  );

  t.test('can play all of it again, and says where it cannot', async (t) => {
    const variantId = await aVariant(5);
    t.match((await me.get(`${api}/verify`)).body, { isRight: true, faults: [] });
    await kernel.database.platform.query(
      'update inventory.levels set on_hand = on_hand + 1 where store_id = $1 and variant_id = $2',
      [stores.a.id, variantId],
    );
    t.match((await me.get(`${api}/verify`)).body, {
      isRight: false,
      faults: [
        { variantId, what: 'onHand', wanted: 5, found: 6 },
        { variantId, what: 'sums', wanted: 6, found: 5 },
      ],
    });
  });
});

t.test('tells once that stock is low, and again after there was more', async (t) => {
  const { aVariant, hold, inA, jobs, kernel } = await startWithStock(t);
  const told = () =>
    kernel.database.platform.query<{ payload: unknown }>(
      `select payload from kernel.events where name = 'inventory.low' order by id`,
    );
  const variantId = await aVariant(5);
  for (const [at, quantity] of [1, 1, 1, 1].entries()) {
    await hold(`cart:${at}`, variantId, quantity);
    await jobs.drain();
  }
  t.same(await told(), [{ payload: { variantId, available: 2, threshold: 2 } }]);

  await inA(({ inventory }) => inventory.release('cart:0'));
  await inA(({ inventory }) => inventory.release('cart:1'));
  await jobs.drain();
  await hold('cart:5', variantId, 3);
  await jobs.drain();
  t.same(await told(), [
    { payload: { variantId, available: 2, threshold: 2 } },
    { payload: { variantId, available: 0, threshold: 2 } },
  ]);
});

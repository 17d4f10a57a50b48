import t from 'tap';
import type { Cradle, StockLine } from 'kontor/sdk';
import { createInventory } from '../services/inventory.ts';
import { MINUTE, startWithStock } from './stock.ts';

const done = { ok: true, value: undefined };

t.test('stock that is held and sold', async (t) => {
  const stock = await startWithStock(t);
  const { aVariant, clock, figures, hold, inA, inB, jobs, level, proof } = stock;
  const inventory = <Value>(work: (service: Cradle['inventory']) => Promise<Value>) =>
    inA((services) => work(services.inventory));

  t.test('holds, sells and takes back, and knows how it came to be so', async (t) => {
    const variantId = await aVariant(10);

    t.same(await hold('cart:1', variantId, 3), done);
    t.same(await level(variantId), {
      variantId,
      isTracked: true,
      onHand: 10,
      reserved: 3,
      available: 7,
      incoming: 0,
      isBackOrderAllowed: false,
    });
    t.same(await inventory((service) => service.fulfil('cart:1', [{ variantId, quantity: 3 }])), done);
    t.same(await figures(variantId), [7, 0, 7]);
    await inventory((service) => service.takeBack('return:1', [{ variantId, quantity: 1 }]));
    t.same(await figures(variantId), [8, 0, 8]);
  });

  t.test('refuses all lines when one is short, and says which', async (t) => {
    const [plenty, short] = [await aVariant(10), await aVariant(2)];
    const lines = [
      { variantId: short, quantity: 2 },
      { variantId: plenty, quantity: 1 },
      { variantId: short, quantity: 1 },
    ];

    const refusal = await inventory((service) => service.reserve({ reference: 'cart:2', lines }));

    const missing = [{ variantId: short, wanted: 3, available: 2 }];
    t.same(refusal, { ok: false, refusal: 'outOfStock', details: { lines: missing } });
    t.same(
      [await figures(plenty), await figures(short)],
      [
        [10, 0, 10],
        [2, 0, 2],
      ],
    );
  });

  t.test('leaves what the caller wrote before a refusal to the caller', async (t) => {
    const [first, second] = [await aVariant(5), await aVariant(0)];
    await inA(({ database, inventory }) =>
      database.transaction(async () => {
        await inventory.reserve({ reference: 'cart:3', lines: [{ variantId: first, quantity: 1 }] });
        await inventory.reserve({ reference: 'cart:4', lines: [{ variantId: second, quantity: 1 }] });
      }),
    );
    t.same(await figures(first), [5, 1, 4]);

    const broken = inA(({ database, inventory }) =>
      database.transaction(async () => {
        await inventory.reserve({ reference: 'cart:5', lines: [{ variantId: first, quantity: 4 }] });
        throw new Error('the order failed');
      }),
    );
    await t.rejects(broken, { message: 'the order failed' });
    t.same(await figures(first), [5, 1, 4]);
  });

  t.test('takes over what the same reference holds: more, less, other variants, another end', async (t) => {
    const [one, other] = [await aVariant(5), await aVariant(5)];
    await hold('cart:6', one, 4, new Date(clock.now().getTime() + 15 * MINUTE));
    t.same(await hold('cart:6', one, 5), done);
    t.same(await figures(one), [5, 5, 0]);
    t.same(await hold('cart:6', one, 2), done);
    t.same(await figures(one), [5, 2, 3]);
    t.match(await hold('cart:6', one, 6), { refusal: 'outOfStock', details: { lines: [{ available: 5 }] } });
    t.same(await hold('cart:6', other, 1), done);
    t.same(
      [await figures(one), await figures(other)],
      [
        [5, 0, 5],
        [5, 1, 4],
      ],
    );
  });

  t.test('lets go all, a part, and nothing when nothing is held', async (t) => {
    const variantId = await aVariant(5);
    await hold('cart:7', variantId, 4);
    await inventory((service) => service.release('cart:7', [{ variantId, quantity: 1 }]));
    t.same(await figures(variantId), [5, 3, 2]);
    await inventory((service) => service.release('cart:7'));
    await inventory((service) => service.release('cart:7'));
    await inventory((service) => service.release('nobody'));
    t.same(await figures(variantId), [5, 0, 5]);
  });

  t.test('sells no more than was held', async (t) => {
    const variantId = await aVariant(5);
    await hold('cart:8', variantId, 2);
    const refusal = await inventory((service) => service.fulfil('cart:8', [{ variantId, quantity: 3 }]));
    const missing = [{ variantId, wanted: 3, held: 2 }];
    t.same(refusal, { ok: false, refusal: 'notReserved', details: { lines: missing } });
    t.same(await figures(variantId), [5, 2, 3]);
    t.same(await inventory((service) => service.fulfil('cart:8', [{ variantId, quantity: 1 }])), done);
    t.same(await figures(variantId), [4, 1, 3]);
  });

  t.test('sees past holds whose time is over, before and after they are taken back', async (t) => {
    const variantId = await aVariant(3);
    await hold('cart:9', variantId, 3, new Date(clock.now().getTime() + 15 * MINUTE));
    t.match(await hold('cart:10', variantId, 1), { refusal: 'outOfStock' });

    clock.move(16 * MINUTE);

    t.same(await figures(variantId), [3, 0, 3]);
    t.same(await hold('cart:10', variantId, 1), done);
    t.same(await figures(variantId), [3, 1, 2]);
    t.same(await inventory((service) => service.fulfil('cart:9', [{ variantId, quantity: 1 }])), {
      ok: false,
      refusal: 'notReserved',
      details: { lines: [{ variantId, wanted: 1, held: 0 }] },
    });
  });

  t.test('takes back holds whose time is over, in batches, and keeps the others', async (t) => {
    const variants = [await aVariant(300), await aVariant(300)];
    const expiresAt = new Date(clock.now().getTime() + 15 * MINUTE);
    for (let at = 0; at < 210; at += 1) await hold(`late:${at}`, variants[at % 2]!, 1, expiresAt);
    await hold('in-time', variants[0]!, 1, new Date(clock.now().getTime() + 60 * MINUTE));
    await hold('for-good', variants[0]!, 1);

    clock.move(20 * MINUTE);
    await jobs.drain();

    t.same(
      [await figures(variants[0]!), await figures(variants[1]!)],
      [
        [300, 2, 298],
        [300, 0, 300],
      ],
    );
    t.match(await proof(), { isRight: true, faults: [] });
  });

  t.test('sells past zero where that is allowed, and what comes goes to who waits', async (t) => {
    const variantId = await aVariant(1, { isBackOrderAllowed: true });
    t.same(await hold('cart:11', variantId, 4), done);
    t.same(await figures(variantId), [1, 4, -3]);

    await inventory((service) =>
      service.set([{ variantId, onHand: 4, isBackOrderAllowed: false }], { reason: 'came' }),
    );
    t.same(await figures(variantId), [4, 4, 0]);
    t.match(await hold('cart:12', variantId, 1), { refusal: 'outOfStock' });
    t.same(await inventory((service) => service.fulfil('cart:11', [{ variantId, quantity: 4 }])), done);
    t.same(await figures(variantId), [0, 0, 0]);
  });

  t.test('never has less than nothing on hand, though uncounted goods are sent', async (t) => {
    const variantId = await aVariant(0, { isBackOrderAllowed: true });
    await hold('cart:13', variantId, 2);
    t.same(await inventory((service) => service.fulfil('cart:13', [{ variantId, quantity: 2 }])), done);
    t.same(await figures(variantId), [0, 0, 0]);
  });

  t.test('believes a count that finds less than is held, and sells no more', async (t) => {
    const variantId = await aVariant(5);
    await hold('cart:14', variantId, 4);
    await inventory((service) => service.set([{ variantId, onHand: 3 }], { reason: 'counted again' }));
    t.same(await figures(variantId), [3, 4, -1]);
    t.match(await hold('cart:15', variantId, 1), {
      refusal: 'outOfStock',
      details: { lines: [{ available: 0 }] },
    });
    await inventory((service) => service.release('cart:14', [{ variantId, quantity: 2 }]));
    t.same(await hold('cart:15', variantId, 1), done);
    t.same(await figures(variantId), [3, 3, 0]);
  });

  t.test(
    'sells what is not tracked without end, and knows it when tracking begins before it is sent',
    async (t) => {
      const variantId = 900_001;
      t.same(await level(variantId), {
        variantId,
        isTracked: false,
        onHand: 0,
        reserved: 0,
        available: 0,
        incoming: 0,
        isBackOrderAllowed: true,
      });
      t.same(await hold('cart:16', variantId, 50), done);
      t.same(await inventory((service) => service.fulfil('cart:16', [{ variantId, quantity: 20 }])), done);

      await inventory((service) => service.set([{ variantId, onHand: 40 }], { reason: 'counted' }));
      t.same(await inventory((service) => service.fulfil('cart:16', [{ variantId, quantity: 30 }])), done);
      t.same(await figures(variantId), [10, 0, 10]);
      t.match(await inventory((service) => service.fulfil('cart:16', [{ variantId, quantity: 1 }])), {
        refusal: 'notReserved',
      });
    },
  );

  t.test('stops tracking; what was held can still be sent', async (t) => {
    const variantId = await aVariant(5);
    await hold('cart:17', variantId, 2);
    await inventory((service) => service.untrack([variantId]));
    t.match(await level(variantId), { isTracked: false, onHand: 0, reserved: 0 });
    t.same(await inventory((service) => service.fulfil('cart:17', [{ variantId, quantity: 2 }])), done);
    await inventory((service) => service.takeBack('return:17', [{ variantId, quantity: 2 }]));
    t.match(await level(variantId), { isTracked: false });
  });

  t.test('refuses quantities that are none, and stock that is held for nobody', async (t) => {
    const variantId = await aVariant(5);
    for (const quantity of [0, -1, 1.5, Number.NaN, 2 ** 53, '3' as unknown as number]) {
      await t.rejects(hold('cart:18', variantId, quantity), {
        code: 'INVENTORY_ERR_QUANTITY',
        message: `Expected a whole quantity of 1 or more for variant ${variantId}, got ${quantity}`,
      });
    }
    await t.rejects(hold('', variantId, 1), { code: 'INVENTORY_ERR_REFERENCE' });
    const counted = inventory((service) => service.set([{ variantId, onHand: -1 }], { reason: '' }));
    await t.rejects(counted, { code: 'INVENTORY_ERR_QUANTITY' });
    t.same(await figures(variantId), [5, 0, 5]);
  });

  t.test('does not stand in the way of whom it is held for', async (t) => {
    const [cup, rare] = [await aVariant(5), await aVariant(1)];
    const soon = new Date(clock.now().getTime() + 15 * MINUTE);
    await hold('cart:40', cup, 2, soon);
    await hold('cart:41', cup, 1);
    await hold('cart:42', rare, 1, soon);
    const free = (heldBy: string) =>
      inventory(async (service) => {
        const levels = await service.levels([cup, rare], { heldBy });
        return [levels.get(cup)!.available, levels.get(rare)!.available];
      });
    t.same(await free('cart:40'), [4, 0]);
    t.same(await free('cart:41'), [3, 0]);
    t.same(await free('cart:42'), [2, 1]);
    t.same(await free(''), [2, 0]);
    t.same(await free('cart:4_'), [2, 0]);
    clock.move(16 * MINUTE);
    t.same(await free('cart:40'), [4, 1], 'what is over is free once, not twice');
  });

  t.test('is of one store: another one has none of it', async (t) => {
    const variantId = await aVariant(5);
    await hold('cart:19', variantId, 1);
    const elsewhere = await inB(async ({ inventory }) => {
      await inventory.release('cart:19');
      const level = (await inventory.levels([variantId])).get(variantId);
      return [level?.isTracked, await inventory.fulfil('cart:19', [{ variantId, quantity: 1 }])];
    });
    t.match(elsewhere, [false, { refusal: 'notReserved' }]);
    t.same(await figures(variantId), [5, 1, 4]);
  });

  t.test('tells once for each call which variants changed, and nothing when none did', async (t) => {
    const [one, other] = [await aVariant(5), await aVariant(5)];
    const lines = [
      { variantId: other, quantity: 1 },
      { variantId: one, quantity: 1 },
    ];
    const told: unknown[] = [];
    await inA(async (services) => {
      const events = {
        async emit(name: string, payload: unknown, about: unknown) {
          told.push([name, payload, about]);
        },
      } as Cradle['events'];
      const service = createInventory(seenThrough(services, { events }));
      await service.reserve({
        reference: 'cart:20',
        lines,
        expiresAt: new Date(clock.now().getTime() + MINUTE),
      });
      await service.reserve({ reference: 'cart:20', lines });
      await service.fulfil('cart:20', lines);
    });
    const variantIds = [one, other];
    t.same(told, [['inventory.changed', { variantIds }, { entity: `variant:${one}` }]]);
  });

  t.test('takes three statements to hold and to send, whatever the number of lines', async (t) => {
    const lines: StockLine[] = [];
    for (let at = 0; at < 20; at += 1) lines.push({ variantId: await aVariant(5), quantity: 1 });
    const counted: Record<string, number> = {};
    await inA(async (services) => {
      let count = 0;
      const database = new Proxy(services.database, {
        get(target, name) {
          if (name !== 'query' && name !== 'read') return Reflect.get(target, name);
          return (...words: [string]) => {
            count += 1;
            return (target[name] as (...all: unknown[]) => unknown)(...words);
          };
        },
      });
      const service = createInventory(seenThrough(services, { database }));
      const measure = async (name: string, work: () => Promise<unknown>) => {
        count = 0;
        await work();
        counted[name] = count;
      };
      await measure('levels', () => service.levels(lines.map(({ variantId }) => variantId)));
      await measure('reserve one', () => service.reserve({ reference: 'cart:21', lines: lines.slice(0, 1) }));
      await measure('reserve twenty', () => service.reserve({ reference: 'cart:22', lines }));
      await measure('reserve again', () => service.reserve({ reference: 'cart:22', lines }));
      await measure('fulfil', () => service.fulfil('cart:22', lines));
      await measure('release', () => service.release('cart:21'));
      await measure('takeBack', () => service.takeBack('return:22', lines));
      await measure('set', () =>
        service.set(
          lines.map(({ variantId }) => ({ variantId, onHand: 9 })),
          { reason: '' },
        ),
      );
    });
    t.same(counted, {
      levels: 1,
      'reserve one': 3,
      'reserve twenty': 3,
      'reserve again': 2,
      fulfil: 3,
      release: 3,
      takeBack: 4,
      set: 5,
    });
  });

  t.test('can play all of it again', async (t) => {
    t.match(await proof(), { isRight: true, faults: [] });
  });
});

/** The services of a plugin with some of them replaced; they are asked for by name, not copied. */
function seenThrough(services: Cradle, others: Partial<Cradle>): Cradle {
  return new Proxy(services, {
    get: (target, name) => (name in others ? others[name as keyof Cradle] : target[name as keyof Cradle]),
  });
}

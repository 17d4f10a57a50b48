import t from 'tap';
import { defineModel } from 'kontor/sdk';
import { within, type Lease } from '../../../kernel/context.ts';
import { brokenConstraint, sqlState } from '../../../kernel/database/errors.ts';
import { savepoints } from '../../../kernel/database/statements.ts';
import { startTestDatabase } from '../../support/database.ts';
import { makeSampleSchema } from '../../support/sample.ts';

type Note = { id: number; storeId: number; text: string; stock: number };
const Notes = defineModel<Note>({ table: 'sample.notes', attributes: { text: 'TEXT', stock: 'BIGINT' } });

async function sample(t: Parameters<typeof startTestDatabase>[0]) {
  const started = await startTestDatabase(t);
  await makeSampleSchema(started);
  const notes = started.database.forPlugin('sample');
  const { a, b } = started.stores;
  const inA = <Value>(work: () => Promise<Value>) => within({ store: a, plugin: 'sample' }, work);
  const inB = <Value>(work: () => Promise<Value>) => within({ store: b, plugin: 'sample' }, work);
  const add = (text: string, stock = 0) =>
    notes.query('insert into sample.notes (store_id, text, stock) values ($1, $2, $3)', [
      a.ref.id,
      text,
      stock,
    ]);
  const texts = async () =>
    (
      await notes.query<{ text: string }>('select text from sample.notes where store_id = $1 order by text', [
        a.ref.id,
      ])
    ).map(({ text }) => text);
  return { ...started, notes, inA, inB, add, texts, a, b };
}

t.test('values come as the SDK says', async (t) => {
  const { notes, inA, a } = await sample(t);
  const statement = `select 7::bigint as whole, '2026-11-23'::date as day, 1.50::numeric as exact, '{"a":[1]}'::jsonb as data,
    '2026-11-23T10:00:00Z'::timestamptz as moment where $1::bigint > 0`;
  const [row] = await inA(() => notes.query(statement, [a.ref.id]));
  const moment = new Date('2026-11-23T10:00:00Z');
  t.same(row, { whole: 7, day: '2026-11-23', exact: '1.50', data: { a: [1] }, moment });
});

t.test('a value too many is a fault of the statement, not of the connection', async (t) => {
  const { notes, inA, a } = await sample(t);
  await inA(() =>
    t.rejects(notes.query('select id from sample.notes where store_id = $1', [a.ref.id, 'one too many']), {
      code: '08P01',
    }),
  );
});

t.test('everything inside happens, or nothing', async (t) => {
  const { notes, inA, add, texts } = await sample(t);
  await inA(async () => {
    await notes.transaction(async () => {
      await add('one');
      await notes.transaction(async () => add('two'));
    });
    await t.rejects(
      notes.transaction(async () => {
        await add('three');
        await add('one');
      }),
    );
    t.same(await texts(), ['one', 'two']);
  });
});

t.test('work for after the commit runs after it, and never after a rollback', async (t) => {
  const { notes, inA, add, texts } = await sample(t);
  const seen: unknown[] = [];
  await inA(async () => {
    await notes.transaction(async () => {
      await add('one');
      notes.afterCommit(async () => void seen.push(await texts()));
      t.same(seen, []);
    });
    await t.rejects(
      notes.transaction(async () => {
        notes.afterCommit(() => void seen.push('wrong'));
        throw new Error('no');
      }),
    );
  });
  t.same(seen, [['one']]);
});

t.test('a deadlock is retried until both are done', async (t) => {
  const { notes, inA, add } = await sample(t);
  await inA(async () => {
    await add('left');
    await add('right');
    let attempts = 0;
    const meet = Promise.withResolvers<void>();
    let arrived = 0;
    const both = (first: string, second: string) =>
      notes.transaction(async () => {
        attempts += 1;
        const raise = (text: string) =>
          notes.query('update sample.notes set stock = stock + 1 where store_id = store_id and text = $1', [
            text,
          ]);
        await raise(first);
        arrived += 1;
        if (arrived === 2) meet.resolve();
        if (arrived <= 2) await meet.promise;
        await raise(second);
      });
    await Promise.all([both('left', 'right'), both('right', 'left')]);
    t.same(await notes.query('select stock from sample.notes order by text'), [{ stock: 2 }, { stock: 2 }]);
    // Which of them the server ends, and whether both, is its own affair.
    t.ok(attempts > 2, `${attempts} attempts`);
  });
});

t.test('fifty at once take exactly ten of ten', async (t) => {
  const { notes, inA, add, a } = await sample(t);
  await inA(async () => {
    await add('ten', 10);
    const take = () =>
      notes.query(
        'update sample.notes set stock = stock - 1 where store_id = $1 and text = $2 and stock >= 1 returning stock',
        [a.ref.id, 'ten'],
      );
    const taken = await Promise.all(Array.from({ length: 50 }, take));
    t.equal(taken.filter(({ length }) => length === 1).length, 10);
    t.same(await notes.query('select stock from sample.notes'), [{ stock: 0 }]);
  });
});

t.test('a failed statement whose error was swallowed does not pass for a commit', async (t) => {
  const { notes, inA, add, texts } = await sample(t);
  await inA(async () => {
    await add('one');
    await t.rejects(
      notes.transaction(async () => {
        await add('two');
        await add('one').catch(() => undefined);
      }),
      { code: 'KERNEL_ERR_TRANSACTION_ABORTED' },
    );
    t.same(await texts(), ['one']);
  });
});

t.test('a statement that comes after the end of its transaction is refused', async (t) => {
  const { notes, inA, add, texts } = await sample(t);
  const gate = Promise.withResolvers<void>();
  await inA(async () => {
    let stray: Promise<unknown> = Promise.resolve();
    await notes.transaction(async () => {
      stray = gate.promise.then(() => add('late'));
      await add('in time');
    });
    gate.resolve();
    await t.rejects(stray, { code: 'KERNEL_ERR_TRANSACTION_OVER' });
    t.same(await texts(), ['in time']);
  });
});

t.test('a handler that fails inside a transaction costs the caller nothing', async (t) => {
  const { notes, inA, add, texts } = await sample(t);
  const lease: Lease = { ended: false };
  await inA(async () => {
    await notes.transaction(async () => {
      await add('before');
      await t.rejects(
        within({ lease }, async () => {
          await add('by the handler');
          await add('before');
        }),
      );
      await savepoints.rollback(lease);
      await add('after');
      const good: Lease = { ended: false };
      await within({ lease: good }, () => add('by a good handler'));
      await savepoints.release(good);
    });
    t.same(await texts(), ['after', 'before', 'by a good handler']);
    lease.ended = true;
    await t.rejects(
      within({ lease }, () => add('too late')),
      { code: 'KERNEL_ERR_LEASE_ENDED' },
    );
  });
});

t.test('models find, change and remove in the current store and transaction only', async (t) => {
  const { notes, inA, inB, a, b } = await sample(t);
  const model = notes.model(Notes);
  await inA(async () => {
    await model.create({ text: 'of a', stock: 3 });
    await model.bulkCreate([{ text: 'second', storeId: b.ref.id }]);
  });
  await inB(() => model.create({ text: 'of b' }));
  t.same(
    await inA(() => model.findAll({ order: ['text'], raw: true, attributes: ['storeId', 'text', 'stock'] })),
    [
      { storeId: a.ref.id, text: 'of a', stock: 3 },
      { storeId: a.ref.id, text: 'second', stock: 0 },
    ],
  );
  t.equal(
    await inB(() => model.count({ where: { storeId: a.ref.id } })),
    1,
    'naming another store finds the own',
  );
  t.same(
    await within({ plugin: 'sample' }, () => model.findAll()),
    [],
    'nobody finds anything without a store',
  );
  await t.rejects(
    inA(() =>
      notes.transaction(async () => {
        await model.update({ text: 'changed' }, { where: { text: 'of a' } });
        t.equal((await model.findOne({ where: { text: 'changed' } }))?.get('stock'), 3);
        throw new Error('back');
      }),
    ),
    { message: 'back' },
  );
  t.equal(await inA(() => model.count({ where: { text: 'changed' } })), 0);
  t.equal(await inB(() => model.destroy({ where: {} })), 1);
  t.equal(await inA(() => model.count()), 2);
  t.throws(
    () =>
      notes.model(
        defineModel<Note>({ table: 'kernel.stores', attributes: { text: 'TEXT', stock: 'BIGINT' } }),
      ),
    {
      code: 'KERNEL_ERR_MODEL',
    },
  );
});

t.test('a broken key is read by its name, wherever the server puts it', async (t) => {
  const { inA, add } = await sample(t);
  await inA(() => add('one'));
  const error = await inA(() => add('one')).catch((caught: unknown) => caught);
  t.same([sqlState(error), brokenConstraint(error)], ['23505', 'notes_text']);
  t.equal(
    brokenConstraint({ message: 'duplicate key value violates unique constraint "notes_text_102191"' }),
    'notes_text',
  );
});

t.test('the time-outs of the roles hold', async (t) => {
  const { database } = await sample(t);
  t.same(
    await database.query(
      `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`,
    ),
    [{ statement: '20s', lock: '5s' }],
  );
});

import pg from 'pg';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

t.test('a kernel without plugins starts, answers and stops', async (t) => {
  const { kernel, anonymous } = await startTestKernel(t);
  t.same((await anonymous().get('/livez')).status, 200);
  t.same((await anonymous().get('/readyz')).status, 200);
  t.same((await anonymous('a').get('/nothing')).status, 404);
  t.match(
    kernel.boot.steps.map(({ name }) => name),
    ['ground', 'migrations', 'changes', 'plugins', 'events', 'jobs', 'http'],
  );
});

t.test('a start costs the same statements for two stores and for two hundred', async (t) => {
  const { kernel, secondNode } = await startTestKernel(t, {
    plugins: ['team', 'accounts'],
    until: 'control',
  });
  const few = await statementsOf(secondNode);
  const [merchant] = await kernel.database.platform.query<{ id: number }>('select id from kernel.merchants');
  for (let number = 0; number < 200; number += 1) {
    const made = await kernel.tenancy.admin.createStore({
      merchantId: merchant!.id,
      handle: `more-${number}`,
      name: 'More',
    });
    t.equal(made.ok, true);
  }
  const many = await statementsOf(secondNode);
  t.ok(few > 10);
  t.equal(many, few);
});

/** Counts what a start sends to the database, whichever connection it goes over. */
async function statementsOf(start: () => Promise<{ stop(): Promise<void> }>): Promise<number> {
  const { query } = pg.Client.prototype;
  let count = 0;
  pg.Client.prototype.query = function counted(this: pg.Client, ...words: unknown[]): unknown {
    // What each new connection begins with depends on how many were free, not on the stores.
    // Whether the listening connection is still there is asked by time.
    const text = JSON.stringify(words[0]);
    if (!text.includes('set_config') && text !== '"select 1"') count += 1;
    return (query as (...words: unknown[]) => unknown).apply(this, words);
  } as typeof query;
  try {
    const node = await start();
    const counted = count;
    await node.stop();
    return counted;
  } finally {
    pg.Client.prototype.query = query;
  }
}

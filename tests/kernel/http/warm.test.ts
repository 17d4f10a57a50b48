import pg from 'pg';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

const plugins = [new URL('../../bench/bench', import.meta.url)];

/** Statements that this process sends while work runs, whoever sends them. */
async function statementsOf(work: () => Promise<void>): Promise<string[]> {
  const { query } = pg.Client.prototype;
  const sent: string[] = [];
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: [{ text?: string }]) {
    sent.push(args[0]?.text ?? String(args[0]));
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return sent;
}

t.test('finds store, session, rights and gate of a warm node without a statement', async (t) => {
  const { owner, apiKey, stores } = await startTestKernel(t, { plugins, until: 'control' });
  const address = `/api/stores/${stores.a.handle}/bench`;
  const visitors = [await owner('a'), await apiKey('a', ['bench.read'])];
  const cold = await statementsOf(async () => {
    for (const visitor of visitors) t.equal((await visitor.get(address)).status, 200);
  });
  t.not(cold.length, 0, 'the first requests do ask');

  const warm = await statementsOf(async () => {
    for (const visitor of [...visitors, ...visitors]) t.equal((await visitor.get(address)).status, 200);
  });

  t.same(warm, []);
});

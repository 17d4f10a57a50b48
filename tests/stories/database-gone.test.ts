import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import { startKernel } from '../../kernel/kernel.ts';
import { openEmbedded } from '../../scripts/embedded/index.ts';
import { silentLog, testConfig } from '../../sdk/testing/database.ts';

t.setTimeout(120_000);

t.test('a database that goes away is said to be gone, and everything goes on when it is back', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'kontor gone '));
  let embedded = await openEmbedded({ home, durable: false });
  const kernel = await startKernel({
    config: testConfig({ home }),
    target: embedded.target,
    log: silentLog(),
  });
  t.teardown(async () => {
    await kernel.stop();
    await embedded.stop();
    await rm(home, { recursive: true, force: true });
  });
  const ask = async (url: string) => {
    const { statusCode, body } = await kernel.http.inject({ url, headers: { host: 'localhost:3000' } });
    return { status: statusCode, body: JSON.parse(body) };
  };
  t.same(await ask('/readyz'), { status: 200, body: { ready: true, notReady: [] } });

  await embedded.stop();
  await until(() => !kernel.changes.isLive);
  const gone = await ask('/readyz');
  t.equal(gone.status, 503);
  t.match(gone.body, { ready: false, notReady: [/^database/] });
  t.equal((await ask('/livez')).status, 200, 'the process itself lives');
  t.equal(kernel.changes.isLive, false, 'and trusts no cache');
  await t.rejects(kernel.database.platform.query('select 1'), {
    status: 503,
    code: 'KERNEL_ERR_DATABASE_UNREACHABLE',
  });
  const shop = await kernel.http.inject({
    url: '/api/shop/anything',
    headers: { host: 'demo.localhost:3000' },
  });
  t.notOk(shop.body.includes('postgres'), 'and tells a stranger nothing of it');

  embedded = await openEmbedded({ home, durable: false });
  await until(async () => kernel.changes.isLive && (await ask('/readyz')).status === 200);
  t.same(await ask('/readyz'), { status: 200, body: { ready: true, notReady: [] } });
  t.equal(kernel.changes.isLive, true);
});

/** Nothing tells a test when a connection is lost or back. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 400 && !(await isSo()); turn += 1) await pause(25);
}

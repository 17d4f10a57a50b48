import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import { aFolder, aManifest, writePlugin } from '../plugins/workshop.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

t.test('a test does not go on without the plugin it is about, and says why it was set aside', async (t) => {
  const hasty = writePlugin(aFolder(t), aManifest('hasty'), "throw new Error('too early');");

  await t.rejects(startTestKernel(t, { plugins: [hasty] }), { message: /hasty was set aside: .*too early/ });

  const { kernel } = await startTestKernel(t, { plugins: [hasty], allowSetAside: true });
  t.match(await kernel.plugins.list(), [{ id: 'hasty', quarantine: /too early/ }]);
});

t.test('stores have what a test wants, and the clock moves to a time to come', async (t) => {
  const { clock, stores } = await startTestKernel(t, { stores: { b: { timeZone: 'Asia/Tokyo' } } });
  t.same([stores.a.timeZone, stores.b.timeZone], ['Europe/Luxembourg', 'Asia/Tokyo']);

  clock.moveTo('2051-03-03T08:00:00Z');

  t.equal(clock.now().toISOString().slice(0, 16), '2051-03-03T08:00');
  t.throws(() => clock.moveTo('2031-03-03T08:00:00Z'), RangeError);
  t.throws(() => clock.moveTo('tomorrow'), { message: /got 'tomorrow'/ });
});

t.test('a failed test shows what was logged, so that a 500 has its reason', async (t) => {
  const code = `import { definePlugin, route } from 'kontor/sdk';
    const fall = () => { throw new Error('the ice was thin'); };
    export default definePlugin({ routes: [route({ method: 'GET', path: '/ice', surface: 'shop', access: 'anyone', handler: fall })] });`;
  const plugin = writePlugin(aFolder(t), aManifest('ice'), code);
  const file = join(plugin, 'ice.test.js');
  writeFileSync(
    file,
    `import t from '${join(root, 'node_modules/tap/dist/esm/index.js')}';
    import { startTestKernel } from 'kontor/sdk/testing';
    t.test('is firm', async (t) => {
      const { anonymous } = await startTestKernel(t, { plugins: ['${plugin}'] });
      t.equal((await anonymous('a').get('/api/shop/ice')).status, 200);
    });`,
  );

  const { code: exit, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
    const options = { cwd: root, env: { ...process.env, TAP: undefined } };
    execFile(process.execPath, ['--import', './sdk/register.js', file], options, (error, _out, stderr) =>
      resolve({ code: error?.code, stderr }),
    );
  });

  t.equal(exit, 1);
  t.match(stderr, /^error: .*\n {2}Error: the ice was thin/m);
});

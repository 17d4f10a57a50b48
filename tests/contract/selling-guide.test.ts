import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import type { StoreContext } from '../../kernel/context.ts';
import { within } from '../../kernel/context.ts';
import { freePort } from '../../scripts/cli/free-port.ts';
import { codeIn, pages } from './pages.ts';

const run = promisify(execFile);
const PLUGINS = ['accounts', 'team', 'checkout', 'payments-manual', 'inventory', 'mail', 'import'];

t.setTimeout(120_000);

t.test('an order can be made and handled as the guide says', async (t) => {
  const port = await freePort({ host: '127.0.0.1', port: 0 });
  const platform = `http://localhost:${port}`;
  const { kernel, stores } = await startTestKernel(t, {
    plugins: PLUGINS,
    config: {
      http: {
        host: '127.0.0.1',
        port,
        platformDomain: 'localhost',
        platformOrigin: platform,
        trustedProxies: [],
        requestTimeout: 30_000,
      },
    },
  });
  const person = { email: 'owner@example.lu', password: 'correct horse battery' };
  const user = await kernel.auth.users.create({ ...person, name: 'Owner' });
  if (!user.ok) throw new Error(user.refusal);
  const store = (await kernel.tenancy.byId(stores.a.id)) as StoreContext;
  await within({ store }, () => kernel.auth.team.add({ userId: user.value.id, role: 'owner' }));

  const guide = pages.find(({ file }) => file === 'docs/guides/selling.md')!;
  const [who, ...commands] = codeIn(guide, 'sh').map(({ code }) => code);
  const values: Readonly<Record<string, string>> = {
    PLATFORM: platform,
    SHOP: `http://${stores.a.host}`,
    STORE: stores.a.handle,
    EMAIL: person.email,
    PASSWORD: `'${person.password}'`,
  };
  const mine = who!.replaceAll(/^(\w+)=.*$/gm, (_, name) => `${name}=${values[name]}`);
  const folder = await mkdtemp(join(tmpdir(), 'kontor-selling-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'guide.sh'), ['set -euo pipefail', mine, ...commands].join('\n'));

  const { stdout } = await run('bash', ['guide.sh'], { cwd: folder });

  t.same(stdout.trim().split('\n'), [
    'kitchen',
    '2',
    '1',
    '10',
    'Post',
    'LU280019400644750000',
    'Enamel mug',
    '3998',
    'none',
    '#1001',
    '1',
    '1999',
    'shipped',
    '9',
    'Money back for your order #1001',
    'Your order #1001 is on its way',
    'Your order #1001',
  ]);
});

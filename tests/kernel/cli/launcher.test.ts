import { chownSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { isRoot, openFolder, ordinary, copyCheckout } from '../../support/checkout.ts';
import { kontor, startKontor } from '../../support/kontor.ts';

const asOldNode = ['--require', fileURLToPath(new URL('../../support/as-old-node.cjs', import.meta.url))];
const postmaster = (home: string) => join(home, 'postgres/postmaster.pid');

t.test('an old Node hands over to the one that npm brought along', async (t) => {
  const home = t.testdir();

  t.match(await kontor(['--help'], { home, nodeOptions: asOldNode }), {
    code: 0,
    out: /Usage: kontor COMMAND/,
  });
  t.match(await kontor(['strat'], { home, nodeOptions: asOldNode }), {
    code: 2,
    error: /did you mean 'start'/,
  });
});

t.test('says what to do when npm brought none along', async (t) => {
  const checkout = openFolder(t); // outside of this one, where npm's Node would be found in a folder above
  mkdirSync(join(checkout, 'scripts'));
  const launcher = fileURLToPath(new URL('../../../scripts/kontor.cjs', import.meta.url));
  copyFileSync(launcher, join(checkout, 'scripts/kontor.cjs'));

  const answer = await kontor(['start'], { checkout, home: checkout, nodeOptions: asOldNode });

  t.match(answer, { code: 1, error: /needs Node 24 or later, and this is v.*npm install.*--omit=optional/s });
});

t.test('starts, answers and stops by signals that reach the launcher', async (t) => {
  const home = join(openFolder(t), 'a home');
  const first = await startKontor(t, { home, nodeOptions: asOldNode });
  t.equal((await fetch(`${first.origin}/readyz`)).status, 200);

  first.child.kill('SIGINT');

  t.match(await first.ended, { code: 0, signal: null });
  t.notOk(existsSync(postmaster(home)), 'PostgreSQL is stopped, too');

  const second = await startKontor(t, { home, nodeOptions: asOldNode });
  second.child.kill('SIGKILL');
  await second.ended; // closes when the last process that writes to it is gone

  t.notOk(existsSync(postmaster(home)), 'what it started has ended by itself, cleanly');
});

t.test('starts for an ordinary user in a checkout with spaces in its path', async (t) => {
  const folder = openFolder(t);
  const checkout = copyCheckout(join(folder, 'my shops'));
  const home = join(folder, 'their home');
  mkdirSync(home, { mode: 0o700 });
  if (isRoot) chownSync(home, ordinary.uid!, ordinary.gid!);

  const started = await startKontor(t, { checkout, home, user: ordinary });

  t.equal((await fetch(`${started.origin}/livez`)).status, 200);
  started.child.kill('SIGTERM');
  t.match(await started.ended, { code: 0 });
});

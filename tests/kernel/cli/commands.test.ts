import { join } from 'node:path';
import t from 'tap';
import { openEmbedded } from '../../../scripts/embedded/index.ts';
import { commands } from '../../../scripts/cli/commands.ts';
import { openFolder } from '../../support/checkout.ts';
import { kontor, startKontor } from '../../support/kontor.ts';

t.setTimeout(400_000); // each command is a process that loads every plugin

const home = join(openFolder(t), 'home');
const { stop } = await openEmbedded({ home, durable: false }); // held, so that no command has to start it
t.teardown(stop);

const say = (...words: string[]) => kontor(words, { home });
const ask = async (...words: string[]) => {
  const { code, out, error } = await say(...words, '--json');
  return { code, error, data: out ? JSON.parse(out) : undefined };
};

t.test('shows what a migration would do, on an empty database, and changes nothing', async (t) => {
  const first = await ask('migrate', '--plan');
  const again = await ask('migrate', '--plan');

  t.match(first.data[0], { owner: 'kernel', name: '0001-ground' });
  t.same(again.data, first.data);
  t.match((await say('migrate', '--plan')).out, /-- kernel: 0001-ground\n.*create table kernel\.stores/s);
});

t.test('doctor tells an empty database from a broken one', async (t) => {
  const { code, data } = await ask('doctor');

  t.equal(code, 0);
  t.match(
    data.map(({ name }: { name: string }) => name),
    ['node', 'environment', 'home', 'secret', 'port', 'database', 'login', 'clock', 'migrations'],
  );

  const broken = await kontor(['doctor'], { home, env: { DATABASE_URL: 'postgres://x:y@127.0.0.1:1/none' } });
  t.equal(broken.code, 1);
  t.match(broken.out, /problem {2}database .*\n.*To do: check DATABASE_URL/);

  const bad = await kontor(['doctor'], { home, env: { PORT: 'x' } });
  t.match(bad, { code: 1, out: /problem {2}environment {4}PORT: wanted a whole number/ });
});

t.test('migrates', async (t) => {
  const first = await ask('migrate');
  t.match(first, { code: 0, data: { left: [] } });
  t.match(first.data.taken[0], { owner: 'kernel', name: '0001-ground' });
  t.match(await say('migrate'), { code: 0, out: 'The database is up to date\n' });
});

t.test('has no store before a first start, and says how to come to one', async (t) => {
  t.match(await say('stores', 'list'), { code: 0, out: 'There are no stores\n' });
  t.match(await say('stores', 'create', 'shop'), { code: 1, error: /no tiers yet: kontor start/ });
});

t.test('shows the start as a tree with timings', async (t) => {
  const { code, data } = await ask('tree');

  t.equal(code, 0);
  const names = data.steps.map(({ name }: { name: string }) => name);
  t.same([names[0], names.at(-1)], ['embedded PostgreSQL', 'http']);
  t.ok(data.milliseconds > 0);
  t.match((await say('tree')).out, /^kontor +\d+ ms\n├─ embedded PostgreSQL +\d+ ms\n/);
});

t.test('says what was meant, and how a command is written', async (t) => {
  t.match(await say('store', 'list'), { code: 2, error: /no command 'store'.*did you mean 'stores list'/ });
  t.match(await say('plugins', 'lst'), { code: 2, error: /did you mean 'plugins list'/ });
  t.match(await say('plugins', 'enable'), {
    code: 2,
    error: /ID is missing\n\nUsage: kontor plugins enable ID/,
  });
  t.match(await say('stores', 'list', 'x'), { code: 2, error: /'x' is one too many/ });
  t.match(await say('stores', 'list', '--nonsense'), { code: 2, error: /--nonsense/ });
  t.match(await say('plugins'), { code: 0, out: /Usage: kontor plugins/ });
  t.match(await say('help'), { code: 0, out: /Usage: kontor COMMAND/ });
});

t.test('every command explains itself and each of its options', async (t) => {
  for (const [name, { load }] of Object.entries(commands)) {
    const { default: command } = await load();
    t.same(Object.keys(command.explain ?? {}), Object.keys(command.options ?? {}), name);
  }
  t.match(await say('stores', 'create', '--help'), {
    code: 0,
    out: /--currency CURRENCY +EUR when left out/,
  });
});

t.test('administers a platform that runs', async (t) => {
  const { origin, child, ended } = await startKontor(t, { home });
  const signIn = (email: string, password: string) =>
    fetch(`${origin}/api/account/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ email, password }),
    });

  await t.test('stores', async (t) => {
    const made = await ask('stores', 'create', 'corner', '--name', 'Corner shop', '--tier', 'business');
    t.match(made, {
      code: 0,
      data: { handle: 'corner', name: 'Corner shop', tier: 'business', state: 'active' },
    });
    t.match(await say('stores', 'create', 'corner'), { code: 1, error: /handle taken/ });
    t.match(await say('stores', 'create', 'other', '--tier', 'gold'), { code: 1, error: /unknown tier/ });
    t.match(await ask('stores', 'pause', 'corner'), { code: 0, data: { state: 'paused' } });
    t.match((await say('stores', 'list')).out, /corner +Corner shop +paused +business/);
    t.match(await ask('stores', 'pause', 'corner', '--resume'), { code: 0, data: { state: 'active' } });
    t.match(await say('stores', 'pause', 'croner'), { code: 1, error: /did you mean 'corner'/ });
  });

  await t.test('users', async (t) => {
    const made = await ask('users', 'create', 'ada@example.com', '--store', 'corner', '--role', 'manager');
    t.match(made, { code: 0, data: { email: 'ada@example.com', isAdmin: false } });
    t.ok((await signIn('ada@example.com', made.data.password)).ok);
    const reset = await ask('users', 'reset', 'ada@example.com');
    t.equal((await signIn('ada@example.com', made.data.password)).status, 401);
    t.ok((await signIn('ada@example.com', reset.data.password)).ok);
    t.match(await ask('users', 'reset', 'ada@example.com', '--without-second-step'), {
      code: 0,
      data: { withoutSecondStep: true },
    });
    t.match(await say('users', 'create', 'ada@example.com'), { code: 1, error: /email taken/ });
    t.match(await say('users', 'create', 'bob'), { code: 2, error: /an address such as .*, got 'bob'/ });
    const bob = ['users', 'create', 'bob@example.com'];
    t.match(await say(...bob, '--store', 'corner', '--role', 'boss'), {
      code: 2,
      error: /Expected one of owner, manager, .* for --role, got 'boss'/,
    });
    t.match(await say(...bob, '--role', 'editor'), { code: 2, error: /say whose by --store/ });
    t.match(await say(...bob), { code: 0, out: /bob@example.com signs in with/ }, 'nobody was made before');
    t.match(await say('users', 'reset', 'nobody@example.com'), { code: 1, error: /not found/ });
  });

  await t.test('plugins', async (t) => {
    const stateOf = async (id: string) =>
      (await ask('plugins', 'list')).data.find((plugin: { id: string }) => plugin.id === id)?.state;
    t.match(await say('plugins', 'plan', 'two-factor', '--disable'), {
      code: 0,
      out: /To disable two-factor/,
    });
    t.equal(await stateOf('two-factor'), 'enabled', 'a plan changes nothing');
    t.match(await say('plugins', 'disable', 'two-factor'), { code: 0, out: 'two-factor: disabled\n' });
    t.equal(await stateOf('two-factor'), 'disabled');
    t.match(await say('plugins', 'enable', 'two-factor', '--store', 'demo'), {
      code: 1,
      out: /Not possible/,
    });
    const { data } = await ask('plugins', 'archive', 'two-factor');
    t.match(await say('plugins', 'purge', 'two-factor'), { code: 2, error: /for good.*--yes/ });
    t.match(await say('plugins', 'purge', 'two-factor', '--yes'), { code: 0 });
    t.match(await say('plugins', 'restore', data.file), { code: 0 });
    t.match(await say('plugins', 'enable', 'two-factor'), { code: 0, out: 'two-factor: enabled\n' });
    t.match(await say('plugins', 'enable', 'two-facter'), { code: 1, out: /no plugin 'two-facter'/ });
  });

  await t.test('jobs', async (t) => {
    t.match(await ask('jobs', 'list', '--store', 'demo', '--state', 'failed'), { code: 0, data: [] });
    t.match(await say('jobs', 'list', '--state', 'broken'), {
      code: 2,
      error: /one of waiting, .*got 'broken'/,
    });
    t.match(await say('jobs', 'retry', '12'), { code: 1, error: /no failed job 12/ });
  });

  child.kill('SIGTERM');
  t.match(await ended, { code: 0 });
});

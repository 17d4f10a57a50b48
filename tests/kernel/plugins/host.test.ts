import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { enterAs } from '../../../kernel/context.ts';
import { aManifest, openWorld, quarantines, writePlugin } from './workshop.ts';

const system = { kind: 'system', reason: 'test' } as const;
const ids = (host: { running: readonly { manifest: { id: string } }[] }) =>
  host.running.map(({ manifest }) => manifest.id);

t.test('starts what is bundled at once, and leaves what was added to an admin', async (t) => {
  const world = await openWorld(t);
  writePlugin(world.bundled, aManifest('base'));
  writePlugin(world.bundled, aManifest('shy', { autoEnable: false }));
  writePlugin(world.extra, aManifest('guest'));
  const pack = writePlugin(world.modules, aManifest('packed'));
  writeFileSync(join(pack, 'package.json'), '{}');
  const scoped = writePlugin(join(world.modules, '@agency'), aManifest('scoped'));
  writeFileSync(join(scoped, 'package.json'), '{}');

  const { host } = await world.node();
  await host.start();

  t.same(ids(host), ['base']);
  t.same(
    (await host.list()).map(({ id, source, state }) => ({ id, source, state })),
    [
      { id: 'base', source: 'bundled', state: 'enabled' },
      { id: 'guest', source: 'folder', state: 'installed' },
      { id: 'packed', source: 'package', state: 'installed' },
      { id: 'scoped', source: 'package', state: 'installed' },
      { id: 'shy', source: 'bundled', state: 'installed' },
    ],
  );
});

t.test('sets each bad plugin aside with a sentence, and starts all others', async (t) => {
  const world = await openWorld(t);
  const bad = (id: string, code: string, parts = {}, files = {}) =>
    writePlugin(world.bundled, aManifest(id, parts), code, files);
  bad('good', 'export default { start() {} }');
  bad('throws', "throw new Error('no key')");
  bad('start-throws', "export default { start() { throw new Error('no socket') } }");
  bad('hangs', 'export default { start: () => new Promise(() => {}) }');
  bad('liar', 'export default { services: { extra: () => 1 } }', { declares: { services: ['promised'] } });
  bad('nothing', 'export const x = 1;');
  bad('needs-throws', 'export default {}', { dependsOn: { throws: '*' } });
  bad('thief', 'export default { services: { stolen: ({ treasure }) => treasure } }', {
    declares: { services: ['stolen'] },
  });
  bad('owner', 'export default { services: { treasure: () => ({ gold: 1 }) } }', {
    declares: { services: ['treasure'] },
  });
  bad(
    'greedy',
    'export default {}',
    {},
    { 'migrations/0001-drop.js': "export default { up: ['drop table kernel.stores'], down: ['select 1'] }" },
  );
  bad('odd', 'export default {}', { titel: 'Odd' });
  bad('old', '', { entry: 'index.ts' }, { 'index.ts': 'export enum Colour { Red }' });
  bad('bare', "import './errors';", {}, { 'errors.js': '' });
  bad(
    'typed',
    '',
    { entry: 'index.ts' },
    { 'index.ts': "import { Note } from './note.ts';\n", 'note.ts': 'export type Note = 1;' },
  );
  writePlugin(world.extra, aManifest('good'));

  const { host, told } = await world.node({ hookLimit: 300 });
  await host.start();

  t.same(ids(host), ['good', 'owner']);
  t.same(told.at(-1), ['good', 'owner']);
  const why = await quarantines(host);
  t.match(why, {
    throws: /no key/,
    'start-throws': /no socket/,
    hangs: /the start hook of hangs did not end within 300 ms/,
    liar: /names 'promised' in declares.services.*has services\['extra'\]/,
    nothing: /expected `export default definePlugin/,
    'needs-throws': /needs-throws 1\.0\.0 wants throws \*, which is set aside: .*no key/,
    thief: /reached for the service 'treasure', which belongs to plugin 'owner'; add "owner" to dependsOn/,
    greedy: /0001-drop of greedy/,
    old: /old.index\.ts:1: TypeScript enum .*; types are taken out as they stand: no enum/,
    bare: /errors' imported .*; a relative import ends in \.ts or \.js/,
    typed: /typed.index\.ts:1: .* export named 'Note'; if it is a type, write `import type`/,
    odd: /unknown field 'titel'; did you mean 'title'\?/,
    good: /Two plugins are called 'good': .*bundled.good and .*good; the first one counts/,
  });
});

t.test('sets a plugin aside that names a service as the kernel does', async (t) => {
  const world = await openWorld(t);
  const code = 'export default { services: { clock: () => ({}) } }';
  writePlugin(world.bundled, aManifest('usurper', { declares: { services: ['clock'] } }), code);
  writePlugin(world.bundled, aManifest('good'));
  const { host } = await world.node();
  await host.start();
  t.same(ids(host), ['good']);
  t.match(await quarantines(host), { usurper: /'clock' is a service of the kernel; choose another name/ });
});

t.test('finds who is at fault when a follower refuses the set, named or not', async (t) => {
  const world = await openWorld(t);
  for (const id of ['a', 'b', 'c', 'd']) writePlugin(world.bundled, aManifest(id));
  const named = Object.assign(new Error('b and a want to be first'), { details: { plugin: 'b' } });
  const followers = [
    {
      name: 'hooks',
      follow: (set: readonly { manifest: { id: string } }[]) => {
        if (set.some((one) => one.manifest.id === 'b')) throw named;
      },
    },
    {
      name: 'routes',
      follow: (set: readonly { manifest: { id: string } }[]) => {
        if (set.some((one) => one.manifest.id === 'c')) throw new Error('a route twice');
      },
    },
  ];
  const { host, told } = await world.node({ followers });
  await host.start();
  t.same(ids(host), ['a', 'd']);
  t.same(told.at(-1), ['a', 'd']);
  t.same(await quarantines(host), { b: 'b and a want to be first', c: 'a route twice' });
});

t.test('turns a plugin on and off on every node, without a restart', async (t) => {
  const world = await openWorld(t);
  const life = (id: string) =>
    `export default { start: () => globalThis.life?.push('${id} starts'), stop: () => globalThis.life?.push('${id} stops') }`;
  writePlugin(world.bundled, aManifest('base', { autoEnable: false }), life('base'));
  writePlugin(world.bundled, aManifest('top', { autoEnable: false, dependsOn: { base: '*' } }), life('top'));
  const [here, there] = [await world.node(), await world.node()];
  await here.host.start();
  await there.host.start();
  const heard = (set: string[]) => seen(there.told, set);

  const plan = await here.host.plan({ action: 'enable', plugin: 'top', scope: 'platform' });
  t.same({ problems: plan.problems, affects: plan.affects }, { problems: [], affects: ['base'] });
  await here.host.apply(JSON.parse(JSON.stringify(plan)));
  t.same(ids(here.host), ['base', 'top']);
  await heard(['base', 'top']);

  const needed = await here.host.plan({ action: 'disable', plugin: 'base', scope: 'platform' });
  t.same(needed.problems, ['top needs base; turn that off first, or along with it']);
  await t.rejects(here.host.apply(needed), { code: 'KERNEL_ERR_PLAN_PROBLEMS', message: /top needs base/ });
  const off = await here.host.plan({ action: 'disable', plugin: 'base', scope: 'platform', along: true });
  t.same(off.affects, ['top']);
  await here.host.apply(off);
  t.same(ids(here.host), []);
  await heard([]);
});

t.test('refuses a plan that is stale, edited or impossible', async (t) => {
  const world = await openWorld(t);
  writePlugin(world.bundled, aManifest('base'));
  writePlugin(world.bundled, aManifest('top', { autoEnable: false, dependsOn: { base: '^2.0.0' } }));
  writePlugin(world.bundled, aManifest('more', { autoEnable: false }));
  const { host } = await world.node();
  await host.start();

  const impossible = await host.plan({ action: 'enable', plugin: 'top', scope: 'platform' });
  t.match(impossible.problems, [/wants base \^2\.0\.0, found base 1\.0\.0/]);
  await t.rejects(host.apply(impossible), { code: 'KERNEL_ERR_PLAN_PROBLEMS' });
  await t.rejects(host.apply({ ...impossible, problems: [] }), { message: /changed by hand/ });

  const stale = await host.plan({ action: 'enable', plugin: 'more', scope: 'platform' });
  await host.apply(await host.plan({ action: 'disable', plugin: 'base', scope: 'platform' }));
  await t.rejects(host.apply(stale), { message: /the world has changed since/ });
  t.match((await host.plan({ action: 'enable', plugin: 'bas', scope: 'platform' })).problems, [
    /did you mean 'base'/,
  ]);
});

t.test('says of a circle among what a plugin needs why it cannot be enabled', async (t) => {
  const world = await openWorld(t);
  for (const [id, other] of Object.entries({ top: 'left', left: 'right', right: 'left' }))
    writePlugin(world.extra, aManifest(id, { dependsOn: { [other]: '*' } }));
  const { host } = await world.node();
  await host.start();
  const plan = await host.plan({ action: 'enable', plugin: 'top', scope: 'platform' });
  t.match(plan.problems, [
    /wants left \*, which is set aside: left depends on itself: left -> right -> left/,
  ]);
});

t.test('plans what an enable would bring', async (t) => {
  const world = await openWorld(t);
  const code =
    "export default { routes: [{ method: 'GET', surface: 'store', path: '/x', access: 'user', handler() {} }], jobs: { 'guest.count': {} }, filters: { 'a.b': (x) => x } }";
  const manifest = aManifest('guest', {
    permissions: [{ code: 'guest.read', title: 'Read', presets: [] }],
    declares: { jobs: ['guest.count'] },
    contributes: { filters: { 'a.b': {} } },
  });
  writePlugin(world.extra, manifest, code, { 'migrations/0001-make.js': migration('guest', 'lines') });
  const { host } = await world.node();
  await host.start();
  const { hash, migrations, ...plan } = await host.plan({
    action: 'enable',
    plugin: 'guest',
    scope: 'platform',
  });
  t.same(plan, {
    change: { action: 'enable', plugin: 'guest', scope: 'platform' },
    problems: [],
    affects: [],
    permissions: ['guest.read'],
    routes: ['GET store /x'],
    hooks: ['filter a.b'],
    jobs: ['guest.count'],
    points: [],
  });
  t.match(migrations, [{ plugin: 'guest', name: '0001-make', heavy: [] }]);
});

t.test('turns a plugin on and off for a tier and a store', async (t) => {
  const world = await openWorld(t);
  writePlugin(world.bundled, aManifest('base'));
  writePlugin(world.bundled, aManifest('top', { dependsOn: { base: '*' } }));
  const { host } = await world.node();
  await host.start();
  const heard: string[] = [];
  world.changes.on('store', (key) => heard.push(`store ${key}`));
  world.changes.on('tier', (key) => heard.push(`tier ${key}`));
  const storeId = world.stores.a.ref.id;
  const rows = () =>
    world.database.platform.query('select plugin, is_on from kernel.store_plugins order by plugin');

  const off = await host.plan({ action: 'disable', plugin: 'base', scope: { storeId }, along: true });
  t.same({ problems: off.problems, affects: off.affects }, { problems: [], affects: ['top'] });
  await host.apply(off);
  t.same(await rows(), [{ plugin: 'base', is_on: false }]);
  await host.apply(await host.plan({ action: 'disable', plugin: 'top', scope: { tier: 'full' } }));
  t.same(await world.database.platform.query('select * from kernel.tier_plugins'), [
    { tier: 'full', plugin: 'top', is_on: false },
  ]);
  t.same(
    (await host.plan({ action: 'enable', plugin: 'top', scope: { storeId } })).problems,
    ['top is off for the tier of this store; enable it there first'],
    'a store cannot have what its tier has not',
  );
  await host.apply(await host.plan({ action: 'enable', plugin: 'top', scope: { tier: 'full' } }));
  await host.apply(await host.plan({ action: 'enable', plugin: 'top', scope: { storeId } }));
  t.same(await rows(), [
    { plugin: 'base', is_on: true },
    { plugin: 'top', is_on: true },
  ]);
  t.match(
    heard.filter((one, index) => heard.indexOf(one) === index),
    [`store ${storeId}`, 'tier full'],
  );
  t.match((await host.plan({ action: 'enable', plugin: 'top', scope: { tier: 'none' } })).problems, [
    "There is no tier 'none'",
  ]);

  t.match((await host.plan({ action: 'enable', plugin: 'top', scope: { storeId: 4711 } })).problems, [
    'There is no store 4711',
  ]);
  t.same(ids(host), ['base', 'top']);
});

t.test('makes each service once, and lets others use it only as its owner and while it is on', async (t) => {
  const world = await openWorld(t);
  const seen: unknown[] = [];
  Object.assign(globalThis, { seen });
  t.teardown(() => Reflect.deleteProperty(globalThis, 'seen'));
  writePlugin(
    world.bundled,
    aManifest('base', { declares: { services: ['base', 'greet'] } }),
    `export default { services: {
    base: ({ greet }) => { globalThis.seen.push('made'); return Object.freeze({ size: 3, greet: (name) => greet(name), self() { return this.size } }) },
    greet: () => (name) => 'hello ' + name } }`,
  );
  writePlugin(
    world.bundled,
    aManifest('top', {
      dependsOn: { base: '*' },
      worksWith: { gone: '*', base: '*' },
      declares: { services: ['top'] },
    }),
    'export default { services: { top: ({ base, greet, maybe }) => ({ use: () => [base.greet("top"), base.self(), base.size, greet("x"), maybe] }) } }',
  );
  const { host, metrics } = await world.node();
  await host.start();
  t.same(await quarantines(host), {});
  const top = (host.running.at(-1)!.services as unknown as { top: { use(): unknown } }).top;
  t.same(top.use(), ['hello top', 3, 3, 'hello x', undefined]);
  t.same(seen, ['made']);
  t.match(metrics.text(), /kontor_plugin_calls_total\{plugin="base"\}/);
  const off = { ...world.stores.a, gate: { ...world.stores.a.gate, plugins: new Set(['top']) } };
  t.throws(() => enterAs({ actor: system, store: off }, () => top.use()), { code: 'KERNEL_ERR_PLUGIN_OFF' });
});

t.test('starts optional company anew when it comes or goes', async (t) => {
  const world = await openWorld(t);
  writePlugin(
    world.bundled,
    aManifest('friend', { autoEnable: false, declares: { services: ['friend'] } }),
    'export default { services: { friend: () => ({ name: () => "friend" }) } }',
  );
  writePlugin(
    world.bundled,
    aManifest('lone', { worksWith: { friend: '*' }, declares: { services: ['lone'] } }),
    'export default { services: { lone: ({ friend }) => ({ who: () => friend?.name() ?? "alone" }) } }',
  );
  const { host } = await world.node();
  await host.start();
  const who = () =>
    (
      host.running.find(({ manifest }) => manifest.id === 'lone')!.services as unknown as {
        lone: { who(): string };
      }
    ).lone.who();
  t.equal(who(), 'alone');
  await host.apply(await host.plan({ action: 'enable', plugin: 'friend', scope: 'platform' }));
  t.equal(who(), 'friend');
  await host.apply(await host.plan({ action: 'disable', plugin: 'friend', scope: 'platform' }));
  t.equal(who(), 'alone');
});

t.test(
  'does without optional company in a store where it is off, whoever was the first to ask',
  async (t) => {
    const world = await openWorld(t);
    writePlugin(
      world.bundled,
      aManifest('friend', { declares: { services: ['friend'] } }),
      'export default { services: { friend: () => ({ name: () => "friend" }) } }',
    );
    const code = `export default { services: {
    lone: (services) => ({ who: () => services.friend?.name() ?? 'alone' }),
    keeper: ({ friend }) => ({ who: () => friend.name() }),
  } }`;
    const declares = { services: ['lone', 'keeper'] };
    writePlugin(world.bundled, aManifest('lone', { worksWith: { friend: '*' }, declares }), code);
    const { host } = await world.node();
    await host.start();
    const { services } = host.running.find(({ manifest }) => manifest.id === 'lone')!;
    const who = (name: string) => (services as unknown as Record<string, { who(): string }>)[name]!.who();
    const { gate } = world.stores.a;
    const off = { ...world.stores.a, gate: { ...gate, plugins: new Set(['lone']) } };
    const on = { ...world.stores.b, gate: { ...gate, plugins: new Set(['lone', 'friend']) } };
    const inStore = (store: typeof on, name: string) => enterAs({ actor: system, store }, () => who(name));

    t.equal(inStore(off, 'lone'), 'alone');
    t.equal(inStore(on, 'lone'), 'friend');
    t.equal(inStore(off, 'lone'), 'alone');
    // A service is made for every store, so that one that keeps what it was given keeps it for all of them.
    t.throws(() => inStore(off, 'keeper'), { code: 'KERNEL_ERR_PLUGIN_OFF' });
    t.equal(inStore(on, 'keeper'), 'friend');
  },
);

t.test('keeps the version that runs until the next start, whatever lies on disk', async (t) => {
  const world = await openWorld(t);
  writePlugin(world.bundled, aManifest('base'));
  writePlugin(world.bundled, aManifest('more', { autoEnable: false }));
  const { host } = await world.node();
  await host.start();
  writePlugin(world.bundled, aManifest('base', { version: '2.0.0' }));
  await host.apply(await host.plan({ action: 'enable', plugin: 'more', scope: 'platform' }));
  const versions = (one: typeof host) =>
    one.running.map(({ manifest }) => `${manifest.id} ${manifest.version}`);
  t.same(versions(host), ['base 1.0.0', 'more 1.0.0']);

  const next = await world.node();
  await next.host.start();
  t.same(versions(next.host), ['base 2.0.0', 'more 1.0.0']);
  t.match(await next.host.list(), [{ id: 'base', version: '2.0.0' }]);
});

t.test('carries out one of two plans that were made side by side', async (t) => {
  const world = await openWorld(t);
  writePlugin(world.bundled, aManifest('base'));
  writePlugin(world.bundled, aManifest('top', { autoEnable: false, dependsOn: { base: '*' } }));
  const [here, there] = [await world.node(), await world.node()];
  await here.host.start();
  await there.host.start();
  const plans = await Promise.all([
    here.host.plan({ action: 'enable', plugin: 'top', scope: 'platform' }),
    there.host.plan({ action: 'disable', plugin: 'base', scope: 'platform' }),
  ]);
  const ends = await Promise.allSettled([here.host.apply(plans[0]), there.host.apply(plans[1])]);
  t.same(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  t.match(ends.find((end) => end.status === 'rejected')?.reason, { code: 'KERNEL_ERR_PLAN_STALE' });
});

/** Resolves when a node was told a set; the other node hears of it by the database. */
async function seen(told: string[][], set: string[]): Promise<void> {
  while (JSON.stringify(told.at(-1)) !== JSON.stringify(set)) await new Promise((done) => setImmediate(done));
}

function migration(schema: string, table: string): string {
  return `import { defineMigration, tenantTable } from 'kontor/sdk';
    export default defineMigration({ up: [tenantTable('${schema}.${table}', { columns: { text: 'text not null' } })], down: ['drop table ${schema}.${table}'] });`;
}

import t from 'tap';
import { checkPlugin } from '../../scripts/passport/index.ts';
import { aFolder, aManifest, writePlugin } from '../kernel/plugins/workshop.ts';

const sdk = "import { defineMigration, definePlugin, route, tenantTable, Type } from 'kontor/sdk';";
const broken = async (path: string, options = {}) => {
  const { passed, rules } = await checkPlugin(path, options);
  return { passed, broken: rules.filter((one) => !one.passed) };
};

t.test('ends a plugin that never gives the thread back, and says while what', async (t) => {
  const manifest = aManifest('stone', {
    declares: { filters: ['stone.weight'] },
    contributes: { filters: { 'stone.weight': {} } },
  });
  const code = `${sdk} export default definePlugin({
    declares: { filters: { 'stone.weight': { value: Type.Integer() } } }, filters: { 'stone.weight': () => { for (;;); } } });`;
  const result = await broken(writePlugin(aFolder(t), manifest, code), { timeLimit: 20_000 });
  t.match(result, {
    passed: false,
    broken: [{ rule: 'hooks', sentence: /did not end within 20 s; look for a loop without an end/ }],
  });
});

t.test('says so when there is no plugin, or its process ends', async (t) => {
  t.match(await broken(aFolder(t)), {
    broken: [{ rule: 'manifest', sentence: /Expected a plugin\.json in .*, found none/ }],
  });
  const result = await broken(writePlugin(aFolder(t), aManifest('quitter'), 'process.exit(3);'));
  t.match(result.broken, [{ rule: 'set-up', sentence: /ended the process/ }]);
});

t.test('finds a plugin that keeps the rows of all stores in one place', async (t) => {
  const code = `${sdk}
    const kept = [];
    const note = Type.Object({ id: Type.Integer(), text: Type.String() });
    export default definePlugin({ routes: [
      route({ method: 'POST', path: '/leaks', surface: 'shop', access: 'anyone', csrf: 'origin', body: Type.Object({ text: Type.String() }),
        handler: ({ body }) => { kept.push(body.text); return { id: kept.length, text: body.text }; } }),
      route({ method: 'GET', path: '/leaks/:id', surface: 'shop', access: 'anyone', params: Type.Object({ id: Type.Integer() }),
        handler: ({ params }) => ({ id: params.id, text: kept[params.id - 1] ?? '' }) }),
    ] });`;
  const result = await broken(writePlugin(aFolder(t), aManifest('leaks'), code));
  t.match(result.broken, [
    { rule: 'isolation', sentence: /GET \/api\/shop\/leaks\/:id of store b gives what store a wrote/ },
  ]);
});

t.test('finds a way down that leaves something, and a table that breaks the catalogue', async (t) => {
  const migration = (up: string, down: string) => ({
    'migrations/0001-make.js': `${sdk} export default defineMigration({ up: [${up}], down: [${down}] });`,
  });
  const table = (name: string) => `tenantTable('${name}', { columns: { text: 'text not null' } })`;
  const code = `${sdk} export default definePlugin({});`;
  const half = writePlugin(
    aFolder(t),
    aManifest('half'),
    code,
    migration(`${table('half.a')}, ${table('half.b')}`, "'drop table half.a'"),
  );
  t.match((await broken(half)).broken, [
    { rule: 'up-down-up', sentence: /The way down of half leaves .*half\.b/ },
  ]);
  const loose = writePlugin(
    aFolder(t),
    aManifest('loose'),
    code,
    migration("'create table loose.rows (id bigint)'", "'drop table loose.rows'"),
  );
  t.match((await broken(loose)).broken, [{ rule: 'catalogue', sentence: /loose\.rows/ }]);
});

t.test('finds texts that cannot be read, and says why a route answers 500', async (t) => {
  const folder = aFolder(t);
  const mute = writePlugin(folder, aManifest('mute'), `${sdk} export default definePlugin({});`, {
    'locales/en.json': '{ "mute.one": "one", "mute.two": "{count, plural, one {x}" }',
    'locales/fr.json': '{ "mute.one": "un" }',
    'locales/de.json': '{ "mute.one": ',
  });
  const [result] = (await broken(mute)).broken;
  t.equal(result?.rule, 'texts');
  t.match(result?.sentence, /locales\/fr\.json of plugin 'mute' has no 'mute\.two'/);
  t.match(result?.sentence, /locales\/en\.json of plugin 'mute': 'mute\.two' is no ICU message/);
  t.match(result?.sentence, /locales\/de\.json of plugin 'mute': expected JSON of key to text/);

  const falls = writePlugin(
    aFolder(t),
    aManifest('falls'),
    `${sdk} export default definePlugin({ routes: [
      route({ method: 'GET', path: '/falls', surface: 'shop', access: 'anyone', handler: () => { throw new Error('no floor'); } })] });`,
  );
  t.match((await broken(falls)).broken, [
    { rule: 'isolation', sentence: /answers 500 .*The log says: no floor/ },
  ]);
});

t.test('finds a definition that says more than its manifest, and a route without access', async (t) => {
  const liar = writePlugin(
    aFolder(t),
    aManifest('liar'),
    `${sdk} export default definePlugin({ services: { liar: () => ({}) } });`,
  );
  t.match((await broken(liar)).broken, [
    { rule: 'definition', sentence: /services\['liar'\], but plugin\.json does not name it/ },
  ]);
  const open = writePlugin(
    aFolder(t),
    aManifest('open'),
    `${sdk} export default definePlugin({ routes: [{ method: 'GET', path: '/open', surface: 'shop', handler() {} }] });`,
  );
  t.match((await broken(open)).broken, [{ rule: 'routes', sentence: /states no access/ }]);
});

import t from 'tap';
import { aManifest, startTestParts } from '../../support/parts.ts';

const manifest = aManifest({
  id: 'mail',
  settings: {
    properties: {
      host: { type: 'string', default: 'smtp.example.lu' },
      port: { type: 'integer', minimum: 1, default: 25 },
      password: { type: 'string', secret: true },
      relay: { type: 'string', platformOnly: true },
      style: {
        type: 'object',
        properties: { colour: { enum: ['red', 'blue'], default: 'red' } },
        default: {},
      },
    },
  },
});
const { settings, database, changes, statements, a, b, inStore, settled } = await startTestParts(t, {
  manifests: [manifest, aManifest({ id: 'notes' })],
});
const mail = settings.forPlugin('mail');
const defaults = { host: 'smtp.example.lu', port: 25, style: { colour: 'red' } };
const inA = <Value>(work: () => Value) => inStore(a, work);
const inB = <Value>(work: () => Value) => inStore(b, work);

t.beforeEach(async () => {
  const nothing = { host: null, port: null, password: null, style: null };
  await settings.platformSet('mail', nothing);
  await inA(() => mail.set(nothing));
  await inB(() => mail.set(nothing));
});

t.test('keeps what is the platform’s own from stores', async (t) => {
  await settings.platformSet('mail', { relay: 'relay.platform.lu' });
  t.match(await inA(() => mail.set({ relay: 'mine.example.lu' })), {
    refusal: 'invalid',
    details: { problems: ["'relay' is set for the whole platform, by its admins"] },
  });
  t.same(await inA(() => mail.get()), { ...defaults, relay: 'relay.platform.lu' });
  await settings.platformSet('mail', { relay: null });
});

t.test("gives defaults, under the platform's values, under the store's", async (t) => {
  t.same(await inA(() => mail.get()), defaults);
  await settings.platformSet('mail', { host: 'mx.platform.lu', port: 587 });
  t.same(await inA(() => mail.get()), { ...defaults, host: 'mx.platform.lu', port: 587 });
  t.ok((await inA(() => mail.set({ port: 2525, style: { colour: 'blue' } }))).ok);
  t.same(await inA(() => mail.get()), { host: 'mx.platform.lu', port: 2525, style: { colour: 'blue' } });
  t.same(
    await inB(() => mail.get()),
    { ...defaults, host: 'mx.platform.lu', port: 587 },
    'the other store is as it was',
  );

  await inA(() => mail.set({ port: null }));
  t.equal((await inA(() => mail.get<{ port: number }>())).port, 587, 'null takes an override back');
  t.same(
    await mail.get(),
    { ...defaults, host: 'mx.platform.lu', port: 587 },
    "outside of a store the platform's count",
  );
});

t.test('needs no statement when warm', async (t) => {
  await settled();
  await inA(() => mail.get());
  const before = statements();
  await inA(() => mail.get());
  t.equal(statements(), before);
});

t.test('who changes a value reads it in the same request, others after the commit', async (t) => {
  await inA(async () => {
    await mail.set({ port: 26 });
    t.equal((await mail.get<{ port: number }>()).port, 26);
    const failing = database.transaction(async () => {
      await mail.set({ port: 27 });
      t.equal((await mail.get<{ port: number }>()).port, 27);
      throw new Error('changed my mind');
    });
    await t.rejects(failing, /changed my mind/);
    t.equal((await mail.get<{ port: number }>()).port, 26);
  });
  t.equal((await inA(() => mail.get<{ port: number }>())).port, 26);
});

t.test('two who change different values at once both keep theirs', async (t) => {
  await inA(() => Promise.all([mail.set({ port: 26 }), mail.set({ host: 'a.lu' })]));
  t.same(await inA(() => mail.get()), { ...defaults, port: 26, host: 'a.lu' });
});

t.test('refuses everything that is wrong at once, in words, and changes nothing', async (t) => {
  const result = await inA(() =>
    mail.set({ port: 'x', hots: 'a.lu', style: { colour: 'pink' }, password: 7 }),
  );
  t.same(result, {
    ok: false,
    refusal: 'invalid',
    details: {
      problems: [
        "'hots' is not a setting; did you mean 'host'?",
        '\'port\' must be integer, got "x"',
        "'password' must be string",
        '\'style.colour\' must be one of red, blue, got "pink"',
      ],
    },
  });
  t.same(await inA(() => mail.get()), defaults);
  t.match(await settings.platformSet('mail', { port: 0 }), {
    refusal: 'invalid',
    details: { problems: ["'port' must be >= 1, got 0"] },
  });
});

t.test('a secret is readable by its owner and nowhere else', async (t) => {
  await settings.platformSet('mail', { password: 'of the platform' });
  await inA(() => mail.set({ password: 'of store a' }));
  t.match(await inA(() => mail.get()), { password: 'of store a' });
  t.match(await inB(() => mail.get()), { password: 'of the platform' });

  const stored = await database.platform.query(
    `select values::text from kernel.platform_settings union all select values::text from kernel.store_settings where store_id = $1`,
    [a],
  );
  t.notMatch(JSON.stringify(stored), 'of store a');
  t.notMatch(JSON.stringify(stored), 'of the platform');

  // A row that is carried to another store opens for nobody.
  await database.platform.query(
    `insert into kernel.store_settings (store_id, plugin, values) select $2, plugin, values from kernel.store_settings
     where store_id = $1 on conflict (store_id, plugin) do update set values = excluded.values`,
    [a, b],
  );
  await changes.announce({ topic: 'settings', key: String(b) });
  await t.rejects(
    inB(() => mail.get()),
    { code: 'KERNEL_ERR_SECRET' },
  );
});

t.test('tells a plugin author what is wrong about a schema', async (t) => {
  const declare = (schema: object) => () => settings.declare([aManifest({ id: 'bad', settings: schema })]);
  const fault = (message: RegExp) => ({ code: 'KERNEL_ERR_SETTINGS_SCHEMA', message });
  t.throws(declare({ properties: { key: { type: 'string', sectet: true } } }), fault(/'bad'.*sectet/));
  t.throws(declare({ properties: { key: { type: 'text' } } }), fault(/'bad'/));
  t.throws(
    declare({
      properties: { deep: { type: 'object', properties: { key: { type: 'string', secret: true } } } },
    }),
    fault(/top level/),
  );
  t.throws(
    declare({ properties: { days: { type: 'integer', default: 'seven' } } }),
    fault(/of the defaults, 'days' must be integer, got "seven"/),
  );
  t.same(await inA(() => mail.get()), defaults, 'the ones before go on');
  await t.rejects(settings.forPlugin('notes').get(), { code: 'KERNEL_ERR_NO_SETTINGS' });
  await t.rejects(mail.set({ port: 1 }), { code: 'KERNEL_ERR_NO_STORE' });
});

t.test('what is required must be there, but the platform may give it', async (t) => {
  const needy = aManifest({
    id: 'needy',
    settings: {
      properties: { user: { type: 'string' }, key: { type: 'string' } },
      required: ['user', 'key'],
    },
  });
  settings.declare([manifest, needy]);
  const own = settings.forPlugin('needy');
  t.match(await inA(() => own.set({ user: 'me' })), {
    refusal: 'invalid',
    details: { problems: ["'key' is missing"] },
  });
  t.ok((await settings.platformSet('needy', { key: 'k' })).ok);
  t.ok((await inA(() => own.set({ user: 'me' }))).ok);
  t.same(await inA(() => own.get()), { user: 'me', key: 'k' });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { startTestKernel, type Answer } from 'kontor/sdk/testing';
import { readZip } from '../themes/zip/read-zip.ts';
import { aTheme, zipOf } from './support/theme.ts';

t.test('the theme library', async (t) => {
  const world = await startTestKernel(t, { plugins: [new URL('..', import.meta.url)] });
  const { anonymous, apiKey, clock, inStore, jobs, kernel, member, owner, stores } = world;
  const [me, other, reader] = [await owner('a'), await owner('b'), await member('a', 'read-only')];
  const ours = `/api/stores/${stores.a.handle}/themes`;
  const theirs = `/api/stores/${stores.b.handle}/themes`;
  const install = async (files = aTheme(), name = ''): Promise<Answer> =>
    me.post(`${ours}${name && `?name=${encodeURIComponent(name)}`}`, await zipOf(files), OCTETS);
  const put = (id: number, path: string, text: string, from: number) =>
    me.put(`${ours}/${id}/files/${path}?from=${from}`, Buffer.from(text), OCTETS);
  const textLive = (path: string) =>
    inStore('a', 'storefront', async ({ themes }) => (await themes.live())?.text(path));

  await t.test('takes an archive in, and gives the same files back', async (t) => {
    const files = aTheme({ 'README.md': '# not a part of it', '__MACOSX/x': 'x' });
    const answer = await install(
      new Map([...files].map(([path, content]) => [`small-main/${path}`, content])),
    );

    t.match(answer, {
      status: 201,
      body: {
        theme: { name: 'Small', source: 'zip', head: 1, live: null },
        report: { errors: [], warnings: [], files: 7, ignored: ['small-main/README.md'] },
      },
    });
    const { id } = answer.body.theme;
    const list = await me.get(`${ours}/${id}/files`);
    t.same(
      list.body.items.map(({ path, kind }: { path: string; kind: string }) => `${path} ${kind}`),
      [
        'assets/dot.png asset',
        'config/settings_data.json settingsData',
        'config/settings_schema.json settingsSchema',
        'layout/theme.liquid layout',
        'locales/en.default.json locale',
        'sections/hero.liquid section',
        'templates/index.json template',
      ],
    );
    t.match((await me.get(`${ours}/${id}/files/locales/en.default.json`)).body, {
      text: '{ "cart": { "title": "Cart" } }',
      number: 1,
    });
    t.equal((await me.get(`${ours}/${id}/files/assets/dot.png`)).body.base64, 'iVBORw0KGgoAAP8A');

    const server = await kernel.http.inject({
      method: 'GET',
      url: `${ours}/${id}/download`,
      headers: { host: new URL(kernel.config.http.platformOrigin).host, ...me.headers },
    });
    const path = join(t.testdir({}), 'back.zip');
    await writeFile(path, server.rawPayload);
    const back = await readZip(path);
    const expected = [...aTheme()].map(([path, content]) => [path, Buffer.from(content).toString('hex')]);
    t.same(
      'files' in back && back.files.map(({ path, content }) => [path, content.toString('hex')]),
      expected.toSorted(),
    );
  });

  await t.test('refuses what is broken, with file and line', async (t) => {
    const answer = await install(
      aTheme({
        'layout/theme.liquid': undefined,
        'templates/index.json': '{\n  "sections": {},\n  "order": [}\n',
        'sections/hero.liquid': 'x\n{% schema %}\n{ "name": "Hero",\n "settings" [] }\n{% endschema %}',
      }),
    );
    t.equal(answer.status, 422);
    t.equal(answer.body.code, 'brokenTheme');
    t.same(
      answer.body.details.report.errors.map(
        ({ file, line, code }: { file: string; line: number; code: string }) => `${file}:${line} ${code}`,
      ),
      [
        'layout/theme.liquid:1 noLayout',
        'sections/hero.liquid:4 brokenSchema',
        'templates/index.json:3 brokenJson',
      ],
    );
    const noZip = await me.post(ours, Buffer.from('no archive'), OCTETS);
    t.match(noZip, { status: 422, body: { details: { report: { errors: [{ code: 'brokenArchive' }] } } } });
  });

  await t.test('a change is a new version, seen by visitors once it is published', async (t) => {
    const { id } = (await install(aTheme(), 'Mine')).body.theme;
    t.match((await me.post(`${ours}/${id}/publish`, {})).body, { live: 1, head: 1 });
    t.match(await put(id, 'sections/hero.liquid', 'two', 1), {
      status: 200,
      body: { number: 2, action: 'edit', paths: ['sections/hero.liquid'] },
    });

    t.match(await textLive('sections/hero.liquid'), /^<h1>/);
    await me.post(`${ours}/${id}/publish`, {});
    t.equal(await textLive('sections/hero.liquid'), 'two');

    t.match((await me.post(`${ours}/rollback`, {})).body, { id, live: 1, head: 2 });
    t.match(await textLive('sections/hero.liquid'), /^<h1>/);
    t.same((await me.post(`${ours}/rollback`, {})).body.code, 'nothingBefore');

    t.match((await me.post(`${ours}/${id}/versions/1/restore`, {})).body, { number: 3, action: 'restore' });
    const history = (await me.get(`${ours}/${id}/versions?limit=2`)).body;
    t.match(history, {
      items: [
        { number: 3, action: 'restore', files: 7, isLive: false },
        { number: 2, action: 'edit', isLive: false },
      ],
      next: '2',
    });
    t.match((await me.get(`${ours}/${id}/versions?cursor=2`)).body, {
      items: [{ number: 1, action: 'install', isLive: true }],
      next: null,
    });
    t.match(await me.delete(`${ours}/${id}`), { status: 409, body: { code: 'isLive' } });
  });

  await t.test('two people hinder each other in the same file only', async (t) => {
    const { id } = (await install()).body.theme;
    await put(id, 'sections/hero.liquid', 'mine', 1);
    t.equal((await put(id, 'snippets/card.liquid', 'theirs', 1)).status, 200);
    const late = await put(id, 'sections/hero.liquid', 'late', 1);
    t.match(late, {
      status: 409,
      body: { code: 'changed', details: { version: 3, paths: ['sections/hero.liquid'] } },
    });
    const same = await put(id, 'sections/hero.liquid', 'mine', 3);
    t.equal(same.body.number, 3, 'what changes nothing makes no version');
    t.match(await me.delete(`${ours}/${id}/files/layout/theme.liquid?from=3`), { status: 422 });
    t.match(await me.delete(`${ours}/${id}/files/snippets/card.liquid?from=3`), {
      status: 200,
      body: { number: 4, files: 7 },
    });
    t.match(await put(id, 'templates/index.json', '{', 4), {
      status: 422,
      body: { details: { report: { errors: [{ code: 'brokenJson' }] } } },
    });
    t.equal((await put(id, 'elsewhere/x.txt', 'x', 4)).body.details.report.errors[0].code, 'unknownFile');
  });

  await t.test('an archive can take the place of all files, or of some', async (t) => {
    const { id } = (await install()).body.theme;
    const push = async (query: string, files: Map<string, string | Buffer>) =>
      me.put(`${ours}/${id}/content${query}`, await zipOf(files), OCTETS);
    const merged = await push('?mode=merge', new Map([['snippets/a.liquid', 'a']]));
    t.match(merged, {
      status: 200,
      body: { version: { number: 2, files: 8, paths: ['snippets/a.liquid'] } },
    });
    const replaced = await push('', aTheme());
    t.match(replaced.body.version, { number: 3, files: 7, action: 'push', paths: ['snippets/a.liquid'] });
    const late = await push('?mode=merge&from=1', new Map([['snippets/a.liquid', 'b']]));
    t.equal(late.status, 200, 'the file is as it was in version 1');
  });

  await t.test('a preview link shows a version to whoever has it, until it ends', async (t) => {
    const { id } = (await install()).body.theme;
    const { address, token, expiresAt } = (await me.post(`${ours}/${id}/preview-link`, { hours: 2 })).body;
    t.match(address, new RegExp(`^http://${stores.a.host}/theme-preview\\?token=`));
    t.equal(new Date(expiresAt).getTime() > clock.now().getTime() + 7_100_000, true);

    const visited = await anonymous('a').get(new URL(address).pathname + new URL(address).search);
    t.match(visited, { status: 303, headers: { location: '/' } });
    t.match(String(visited.headers['set-cookie']), /kontor_theme_preview=[^;]+;/);

    const at = (store: 'a' | 'b', text: string) =>
      inStore(store, 'storefront', async ({ themes }) => (await themes.preview(text))?.number);
    await put(id, 'sections/hero.liquid', 'new', 1);
    t.equal(await at('a', token), 2, 'the newest version');
    t.equal(await at('b', token), undefined, 'of another store');
    t.equal(await at('a', `${token.slice(0, -4)}AAAA`), undefined, 'made by hand');
    clock.move(2 * 3_600_000);
    t.equal(await at('a', token), undefined, 'at its end');
  });

  await t.test('themes are copied, renamed and removed', async (t) => {
    const { id } = (await install()).body.theme;
    const copy = await me.post(`${ours}/${id}/duplicate`, { name: 'Copy' });
    t.match(copy, { status: 201, body: { name: 'Copy', source: 'copy', head: 1 } });
    t.match(await me.patch(`${ours}/${id}`, { version: 1, name: 'Renamed' }), {
      body: { name: 'Renamed', version: 2 },
    });
    t.equal((await me.patch(`${ours}/${id}`, { version: 1, name: 'Late' })).body.code, 'changed');
    t.equal((await me.delete(`${ours}/${id}`)).status, 204);
    t.equal((await me.get(`${ours}/${id}`)).status, 404);
    t.match((await me.get(`${ours}/${copy.body.id}/files/sections/hero.liquid`)).body.text, /^<h1>/);
  });

  await t.test('templates and settings are edited as data, and every edit can be taken back', async (t) => {
    const { id } = (await install()).body.theme;
    const path = `${ours}/${id}/documents/templates/index.json`;
    const before = (await me.get(path)).body;
    t.match(before, { kind: 'template', number: 1, document: { order: ['hero'] } });

    const edits = [
      { do: 'addSection', type: 'hero' },
      { do: 'set', section: 'hero', values: { heading: 'Good morning' } },
    ];
    const edited = await me.patch(path, { from: 1, edits });
    t.match(edited, { status: 200, body: { number: 2, document: { order: ['hero', /^hero_\w{8}$/] } } });
    t.equal(edited.body.document.sections.hero.settings.heading, 'Good morning');

    const undone = await me.patch(path, { from: 2, edits: [{ do: 'patch', patch: edited.body.undo }] });
    t.same(undone.body.document, before.document);

    const wrong = [
      { do: 'hide', section: 'hero', isHidden: true },
      { do: 'addSection', type: 'nothing' },
    ];
    t.match(await me.patch(path, { from: 3, edits: wrong }), {
      status: 422,
      body: { code: 'badEdit', details: { edit: 1, faults: [{ code: 'noPreset' }] } },
    });
    t.equal((await me.get(`${ours}/${id}`)).body.head, 3, 'all or none');
    t.equal((await me.patch(path, { from: 2, edits })).body.code, 'changed');
    t.equal(
      (await me.patch(path, { from: 3, edits: [{ do: 'set', section: 'hero', price: 1 }] })).status,
      422,
    );

    const settings = `${ours}/${id}/documents/config/settings_data.json`;
    const set = await me.patch(settings, { from: 2, edits: [{ do: 'set', values: { accent: '#abcdef' } }] });
    t.match(set.body, { number: 4, document: { current: { accent: '#abcdef' } } });
    t.equal((await me.get(`${ours}/${id}/documents/layout/theme.liquid`)).status, 404);
    t.match((await me.get(`${ours}/${id}/schemas`)).body, {
      info: { name: 'Small' },
      settings: [{ name: 'Colours' }],
      sections: { hero: { name: 'Hero', settings: [{ id: 'heading' }], presets: [{ name: 'Hero' }] } },
    });
    const foreign = `${theirs}/${id}/documents/templates/index.json`;
    t.same(
      [(await other.get(foreign)).status, (await other.patch(foreign, { from: 1, edits })).status],
      [404, 404],
    );
    t.equal((await reader.patch(path, { from: 4, edits })).status, 403);
  });

  await t.test('another store gets at none of it', async (t) => {
    const { id } = (await install()).body.theme;
    const calls = [
      other.get(`${theirs}/${id}`),
      other.patch(`${theirs}/${id}`, { version: 1, name: 'x' }),
      other.delete(`${theirs}/${id}`),
      other.get(`${theirs}/${id}/versions`),
      other.post(`${theirs}/${id}/versions/1/restore`, {}),
      other.post(`${theirs}/${id}/publish`, {}),
      other.post(`${theirs}/${id}/duplicate`, {}),
      other.get(`${theirs}/${id}/download`),
      other.post(`${theirs}/${id}/preview-link`, {}),
      other.get(`${theirs}/${id}/files`),
      other.get(`${theirs}/${id}/files/layout/theme.liquid`),
      other.put(`${theirs}/${id}/files/snippets/x.liquid?from=1`, Buffer.from('x'), OCTETS),
      other.delete(`${theirs}/${id}/files/sections/hero.liquid?from=1`),
      other.put(`${theirs}/${id}/content`, await zipOf(aTheme()), OCTETS),
      other.get(`${ours}/${id}`),
    ];
    const answers = await Promise.all(calls);
    t.same(new Set(answers.map(({ status }) => status)), new Set([404]));
    t.same((await other.get(theirs)).body.items, []);
    const here = await reader.get(`${ours}/${id}`);
    const forbidden = [
      await reader.delete(`${ours}/${id}`),
      await reader.post(`${ours}/${id}/publish`, {}),
      await (await member('a', 'editor')).post(`${ours}/${id}/publish`, {}),
      await (await apiKey('a', ['storefront.themes.read'])).put(
        `${ours}/${id}/content`,
        Buffer.from(''),
        OCTETS,
      ),
    ];
    t.same([here.status, ...forbidden.map(({ status }) => status)], [200, 403, 403, 403, 403]);
  });

  await t.test('the tier says how many themes there can be', async (t) => {
    await kernel.features.setMerchantTier(stores.a.merchantId, 'essential');
    t.match(await install(), { status: 403, body: { code: 'limitReached' } });
    await kernel.features.setMerchantTier(stores.a.merchantId, 'enterprise');
  });

  await t.test('a theme of 300 files is taken in', async (t) => {
    const many = Array.from({ length: 290 }, (_, index) => {
      const settings = Array.from({ length: 30 }, (_, n) => ({ type: 'text', id: `s${n}`, label: 'Words' }));
      const schema = JSON.stringify(
        { name: `Part ${index}`, settings, presets: [{ name: 'Part' }] },
        null,
        2,
      );
      return [
        `sections/part-${index}.liquid`,
        `${'<p>{{ section.settings.s1 }}</p>\n'.repeat(60)}{% schema %}${schema}{% endschema %}`,
      ] as const;
    });
    const archive = await zipOf([...aTheme(), ...many]);
    const began = performance.now();
    const answer = await me.post(ours, archive, OCTETS);
    t.match(answer, { status: 201, body: { report: { files: 297 } } });
    t.comment(`${Math.round(performance.now() - began)} ms`);
  });

  await t.test('what no version has is dropped, and what visitors see stays', async (t) => {
    const { id } = (await install()).body.theme;
    for (let from = 1; from <= 102; from += 1) {
      await inStore('a', 'storefront', ({ themes }) =>
        themes.change({ id, from, change: new Map([['snippets/a.liquid', `turn ${from}`]]) }),
      );
    }
    clock.move(2 * 24 * 3_600_000);
    await inStore('a', 'storefront', ({ jobs }) => jobs.send('storefront.tidy-themes', {}));
    await jobs.drain();

    t.equal((await me.get(`${ours}/${id}/files/snippets/a.liquid?number=4`)).body.text, 'turn 3');
    t.equal((await me.get(`${ours}/${id}/files?number=3`)).status, 404);
    t.match(await textLive('sections/hero.liquid'), /^<h1>/);
  });
});

t.test('an archive that is an attack is refused before it is unpacked', async (t) => {
  const codes = async (archive: Buffer): Promise<string[]> => {
    const path = join(t.testdir({}), 'hostile.zip');
    await writeFile(path, archive);
    const read = await readZip(path);
    return 'refused' in read ? read.refused.map(({ code }) => code) : ['taken'];
  };
  const plain = await zipOf([['assets/a.txt', 'a']]);
  const renamed = (name: string) =>
    Buffer.from(plain.toString('latin1').replaceAll('assets/a.txt', name), 'latin1');

  t.same(await codes(plain), ['taken']);
  t.same(await codes(renamed('../../../a.t')), ['unsafePath']);
  t.same(await codes(renamed('/etc/passwd1')), ['unsafePath']);
  t.same(await codes(renamed('C:/assets/a.')), ['unsafePath']);
  t.same(await codes(await zipOf([['assets/a.txt', Buffer.alloc(5 * 1024 * 1024)]])), ['tooDense']);
  t.same(await codes(await zipOf([['assets/a.txt', Buffer.alloc(21 * 1024 * 1024, 'abcd')]])), [
    'fileTooLarge',
    'tooDense',
  ]);
  const many = Array.from({ length: 3001 }, (_, index) => [`assets/${index}.txt`, 'x'] as const);
  t.same(await codes(await zipOf(many)), ['tooManyFiles']);

  const link = Buffer.from(plain);
  link.writeUInt32LE((0o120777 << 16) >>> 0, link.indexOf(Buffer.from('504b0102', 'hex')) + 38);
  t.same(await codes(link), ['link']);

  // The list says one byte, and there are more.
  const lying = await zipOf([['assets/a.txt', 'a'.repeat(5000)]]);
  lying.writeUInt32LE(1, lying.indexOf(Buffer.from('504b0102', 'hex')) + 24);
  t.same(await codes(lying), ['brokenArchive']);
});

const OCTETS = { 'content-type': 'application/zip' };

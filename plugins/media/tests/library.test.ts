import { Agent, createServer, request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import type { MediaFile } from 'kontor/sdk';
import '../contract.ts';
import { aPicture, aVideo } from './pictures.ts';
import { heard } from './shows-media/index.ts';

const world = await startTestKernel(t, {
  plugins: [new URL('..', import.meta.url), new URL('./shows-media', import.meta.url)],
  until: 'control',
});
const { anonymous, inStore, jobs, kernel, member, owner } = world;
const A = '/api/stores/store-a/media';
const B = '/api/stores/store-b/media';
const [ada, bob] = [await owner('a'), await owner('b')];

let shade = 0;
const aFile = () =>
  aPicture({ width: 40, height: 20, colour: `#0000${(++shade + 16).toString(16)}`, format: 'png' });
const upload = async (query = '', content?: Buffer) =>
  ada.post(`${A}${query}`, content ?? (await aFile()), { 'content-type': 'application/octet-stream' });
const names = (answer: { body: { items: MediaFile[] } }) => answer.body.items.map(({ name }) => name);

/** As a browser sends a form. */
async function sendForm(parts: readonly (readonly [string, string] | readonly [string, Buffer, string])[]) {
  const form = new FormData();
  for (const [field, value, name] of parts)
    if (typeof value === 'string') form.append(field, value);
    else form.append(field, new Blob([new Uint8Array(value)]), name!);
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type')!;
  return ada.post(A, Buffer.from(await encoded.arrayBuffer()), { 'content-type': type });
}

t.test('takes in a file as the body itself', async (t) => {
  const answer = await upload('?name=Vase.jpeg&folder=/Vases//Blue/');

  t.match(answer, {
    status: 201,
    body: { name: 'Vase.png', folder: 'Vases/Blue', kind: 'image', version: 1 },
  });
  t.match((await ada.get(`${A}/${answer.body.id}`)).body, { ...answer.body, createdAt: String });
  t.match(await upload('', Buffer.from('hello')), {
    status: 415,
    body: { code: 'unsupportedType', detail: /^Files of this type/ },
  });
  t.match(await upload('', Buffer.from('<svg>')), { status: 422, body: { code: 'brokenFile' } });
});

t.test('takes in the files of a form, each by itself', async (t) => {
  const answer = await sendForm([
    ['folder', 'From a form'],
    ['files', await aFile(), 'one.png'],
    ['files', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300_000)]), 'virus.exe'],
    ['files', aVideo(200_000), 'two.mp4'],
  ]);

  t.match(answer, {
    status: 201,
    body: {
      items: [
        { name: 'one.png', folder: 'From a form' },
        { name: 'two.mp4', folder: 'From a form', bytes: 200_000 },
      ],
      refused: [{ name: 'virus.exe', code: 'unsupportedType' }],
    },
  });
  t.match(await ada.post(A, Buffer.from('broken'), { 'content-type': 'multipart/form-data; boundary=x' }), {
    status: 422,
    body: { code: 'brokenForm' },
  });
  t.match(await ada.post(A, Buffer.from('broken'), { 'content-type': 'multipart/form-data' }), {
    status: 422,
  });
});

t.test('answers whoever sends a file that it does not want, and goes on with the connection', async (t) => {
  const running = await startTestKernel(t, { plugins: [new URL('..', import.meta.url)] });
  const { headers: who } = await running.owner('a');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.teardown(() => agent.destroy());
  const send = (content: Buffer) =>
    new Promise<unknown>((resolve, reject) => {
      const headers = { ...who, host: 'localhost:3000', 'content-type': 'application/octet-stream' };
      const sent = request(`${running.kernel.address}${A}`, { method: 'POST', agent, headers }, (answer) =>
        json(answer).then((body) => resolve([answer.statusCode, body]), reject),
      );
      sent.on('error', reject).end(content);
    });

  t.match(await send(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(5_000_000)])), [
    415,
    { code: 'unsupportedType' },
  ]);
  t.match(await send(await aFile()), [201, { kind: 'image' }]);
});

t.test('fetches a file by the guarded client', async (t) => {
  const content = await aFile();
  const server = createServer(({ url }, response) => {
    if (url === '/gone.jpg') response.writeHead(404).end();
    else if (url === '/cut.jpg') {
      response.writeHead(200, { 'content-length': content.length }).write(content.subarray(0, 100));
      setImmediate(() => response.destroy());
    } else response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fetch = (path: string) =>
    ada.post(`${A}/from-url`, { url: `http://${host}${path}`, alt: { en: 'A vase' } });

  t.match(await fetch('/x.jpg'), { status: 422, body: { code: 'badAddress' } });
  t.match(await ada.post(`${A}/from-url`, { url: 'http://127.0.0.1/x.jpg' }), {
    body: { code: 'unreachable' },
  });
  await kernel.settings.platformSet('web-client', { allowedHosts: [host] });
  t.match(await fetch('/images/Gr%C3%BCne%20Vase.jpg?v=1'), {
    status: 201,
    body: { name: 'Grüne Vase.png', alt: { en: 'A vase' }, width: 40 },
  });
  t.match(await fetch('/gone.jpg'), { body: { code: 'unreachable' } });
  t.match(await fetch('/cut.jpg'), { body: { code: 'unreachable' } });
});

t.test('finds files by folder, kind and words, a page at a time', async (t) => {
  for (const name of ['b.png', 'a.png', 'c_100%.png'])
    await upload(`?name=${encodeURIComponent(name)}&folder=list`);
  await upload('?name=film.mp4&folder=list', aVideo(300));
  const list = (query: string) => ada.get(`${A}?folder=list&${query}`);

  t.same(names(await list('')), ['film.mp4', 'c_100%.png', 'a.png', 'b.png']);
  t.same(names(await list('sort=name&kind=image')), ['a.png', 'b.png', 'c_100%.png']);
  t.same(names(await list('q=0%25')), ['c_100%.png'], 'a sign that means something elsewhere');
  t.same(names(await list('q=FILM')), ['film.mp4']);
  for (const sort of ['newest', 'oldest', 'name']) {
    const first = await list(`sort=${sort}&limit=3`);
    const second = await list(`sort=${sort}&limit=3&cursor=${first.body.next}`);
    t.same([...names(first), ...names(second)], names(await list(`sort=${sort}`)), sort);
    t.equal(second.body.next, null);
  }
  const forged = Buffer.from('["\\u0000",1]').toString('base64url');
  t.same(names(await list(`sort=name&cursor=${forged}`)), names(await list('sort=name')), 'begins anew');
  t.same((await ada.get(`${A}/folders`)).body.items, [
    { folder: '', files: 1 },
    { folder: 'From a form', files: 2 },
    { folder: 'Vases/Blue', files: 1 },
    { folder: 'list', files: 4 },
  ]);
});

t.test('changes what people say about a file, and tells others', async (t) => {
  const { body: file } = await upload('?name=vase.jpg');
  const change = {
    alt: { en: 'A vase', fr: 'Un vase' },
    focalPoint: { x: 0.2, y: 1 },
    name: 'Blue vase.exe',
  };

  t.match(await ada.patch(`${A}/${file.id}`, { ...change, version: 1 }), {
    status: 200,
    body: { ...change, name: 'Blue vase.png', path: /blue-vase\.png$/, version: 2 },
  });
  t.match(await ada.patch(`${A}/${file.id}`, { name: 'x', version: 1 }), {
    status: 409,
    body: { code: 'changed', details: { version: 2 } },
  });
  t.equal((await ada.patch(`${A}/${file.id}`, { focalPoint: { x: 2, y: 0 }, version: 2 })).status, 422);
  t.equal((await ada.patch(`${A}/${file.id}`, { alt: { english: 'x' }, version: 2 })).status, 422);
  t.equal((await ada.patch(`${A}/${file.id}`, { path: '/x', version: 2 })).status, 422);
  await jobs.drain();
  t.ok(heard.includes(`changed ${file.id}`));
});

t.test('moves files between folders', async (t) => {
  const ids = [
    (await upload('?name=1.jpg&folder=old')).body.id,
    (await upload('?name=2.jpg&folder=old/deep')).body.id,
    (await upload('?name=3.jpg&folder=older')).body.id,
  ];
  t.match(await ada.post(`${A}/folders/rename`, { from: 'old', to: 'new/place' }), { body: { files: 2 } });
  const folderOf = async (id: number) => (await ada.get(`${A}/${id}`)).body.folder;
  t.same(await Promise.all(ids.map(folderOf)), ['new/place', 'new/place/deep', 'older']);
  t.match(await ada.post(`${A}/move`, { ids: [...ids, 999_999], folder: '' }), { body: { ids } });
  t.same(await Promise.all(ids.map(folderOf)), ['', '', '']);
  t.same((await bob.post(`${B}/move`, { ids, folder: 'mine' })).body, { ids: [] });
});

t.test('removes no file that is shown somewhere, and says where', async (t) => {
  const files = [(await upload()).body, (await upload()).body];
  const shown = files.find(({ id }) => id % 2 === 1);
  const free = files.find(({ id }) => id % 2 === 0);
  const usages = [{ kind: 'poster', id: 7, title: 'A poster' }];

  t.same((await ada.get(`${A}/${shown.id}`)).body.usages, usages);
  t.match(await ada.delete(`${A}/${shown.id}`), {
    status: 409,
    body: { code: 'inUse', details: { usages } },
  });
  t.equal((await ada.delete(`${A}/${free.id}`)).status, 204);
  t.equal((await ada.get(`${A}/${free.id}`)).status, 404);
  await jobs.drain();
  t.ok(heard.includes(`removed ${free.id}`));
});

t.test('lets those work with the library who may, in their own store', async (t) => {
  const { body: file } = await upload();
  const [reader, clerk] = [await member('a', 'read-only'), await member('a', 'accountant')];

  t.equal((await reader.get(A)).status, 200);
  t.equal((await reader.post(A, Buffer.from('x'), { 'content-type': 'image/png' })).status, 403);
  t.equal((await clerk.get(A)).status, 403);
  t.equal((await anonymous().get(A)).status, 401);
  for (const path of [`${B}/${file.id}`, `${A}/${file.id}`]) {
    t.equal((await bob.get(path)).status, 404);
    t.equal((await bob.patch(path, { name: 'mine', version: 1 })).status, 404);
    t.equal((await bob.delete(path)).status, 404);
  }
  t.same(await inStore('b', 'media', ({ media }) => media.pictures([file.id])), []);
  t.same([...(await inStore('b', 'media', ({ media }) => media.byPaths([file.path])))], []);
});

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import type { MediaFile } from 'kontor/sdk';
import '../contract.ts';
import { ACCESS, startFakeS3 } from './fake-s3.ts';
import { anAnimation, aPicture, aVideo, factsOf, svg } from './pictures.ts';

const world = await startTestKernel(t, { plugins: [new URL('..', import.meta.url)], until: 'control' });
const { inStore, jobs, kernel, owner, stores } = world;
const WEBP = { accept: 'image/avif,image/webp,image/*,*/*;q=0.8' };

const add = async (content: Buffer, name = 'file'): Promise<MediaFile> => {
  const added = await inStore('a', 'media', ({ media }) => media.add({ content, name }));
  if (!added.ok) throw new Error(added.refusal);
  return added.value;
};
/** What a browser gets on a store's host, to the byte. */
async function get(path: string, headers: Record<string, string> = {}, store: 'a' | 'b' = 'a') {
  const url = path;
  const answer = await kernel.http.inject({
    method: 'GET',
    url,
    headers: { host: stores[store].host, ...headers },
  });
  return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload };
}
const filesOf = (file: MediaFile) =>
  inStore('a', 'media', async ({ platform }) =>
    (
      await readdir(join(await platform.folder(), 'files', String(stores.a.id), file.path.split('/')[2]!))
    ).sort(),
  );

t.test('shows a file as it is, to be kept for ever', async (t) => {
  const file = await add(await aPicture(), 'red.jpg');
  const answer = await get(file.path);

  t.match(answer, {
    status: 200,
    headers: {
      'content-type': 'image/jpeg',
      'content-length': String(file.bytes),
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    },
  });
  t.equal(answer.bytes.length, file.bytes);
  const again = await get(file.path, { 'if-none-match': String(answer.headers.etag) });
  t.match(again, { status: 304, headers: { etag: answer.headers.etag } });
  t.equal(again.bytes.length, 0);
  t.equal((await get(`${file.path.slice(0, file.path.lastIndexOf('/'))}/other-name.jpg`)).status, 200);
});

t.test('shows a picture in the next size and the format that the browser takes', async (t) => {
  const { path } = await add(await aPicture({ colour: '#00ff00' }));

  const webp = await get(`${path}?width=300`, WEBP);
  t.match(webp.headers, { 'content-type': 'image/webp', vary: 'accept' });
  t.match(await factsOf(webp.bytes), { format: 'webp', width: 320, height: 160 });
  const jpeg = await get(`${path}?width=300`, { accept: 'image/*' });
  t.match(await factsOf(jpeg.bytes), { format: 'jpeg', width: 320 });
  t.not(jpeg.headers.etag, webp.headers.etag);
  t.match(await factsOf((await get(`${path}?width=96&format=avif`)).bytes), { format: 'heif', width: 96 });
  t.match(await factsOf((await get(`${path}?width=5000&format=png`)).bytes), { format: 'png', width: 1000 });
  t.match((await get(`${path}?width=300&format=jpeg`)).headers, { vary: undefined });
  t.equal((await get(`${path}?width=abc`)).status, 400);
  t.equal((await get(`${path}?format=bmp`)).status, 400);
  t.equal((await get(`${path}?v=123`)).status, 200, 'a mark of a theme does no harm');
});

t.test('makes each size once, however many ask for it', async (t) => {
  const file = await add(await aPicture({ colour: '#0000ff' }));
  const answers = await Promise.all(Array.from({ length: 12 }, () => get(`${file.path}?width=480`, WEBP)));

  t.equal(new Set(answers.map(({ bytes }) => bytes.toString('base64'))).size, 1);
  t.same(await filesOf(file), ['original', 'w480.webp']);
  for (let width = 1; width < 4000; width += 97) await get(`${file.path}?width=${width}&format=webp`);
  t.same(
    await filesOf(file),
    ['original', ...[1200, 160, 240, 320, 480, 640, 800, 96, 960].map((width) => `w${width}.webp`)].sort(),
    'a stranger cannot ask for more',
  );
});

t.test('keeps what moves moving', async (t) => {
  const { path } = await add(await anAnimation(), 'moves.gif');

  t.match(await factsOf((await get(`${path}?width=96`, WEBP)).bytes), {
    format: 'webp',
    pages: 3,
    width: 96,
  });
  t.match(await factsOf((await get(`${path}?width=96`)).bytes), { format: 'gif', pages: 3 });
  t.match(await factsOf((await get(`${path}?width=96&format=jpeg`)).bytes), { format: 'jpeg' });
});

t.test('shows a drawing and a document so that they can do nothing', async (t) => {
  const drawing = await add(Buffer.from(svg('<rect width="40" height="20"/>')), 'd.svg');
  t.match(await get(`${drawing.path}?width=300`, WEBP), {
    status: 200,
    headers: { 'content-type': 'image/svg+xml', 'content-security-policy': /default-src 'none'.*sandbox/ },
  });
  const pdf = await add(Buffer.from('%PDF-1.7 short'), 'Price list');
  t.match((await get(pdf.path)).headers, {
    'content-type': 'application/pdf',
    'content-security-policy': /^default-src 'none'/,
  });
});

t.test('gives the part of a video that is asked for', async (t) => {
  const video = aVideo(1000);
  video.write('the end', 993);
  const { path } = await add(video, 'film.mp4');
  const part = async (range: string, more = {}) => {
    const { status, headers, bytes } = await get(path, { range, ...more });
    return [status, headers['content-range'], headers['content-length'], bytes.toString('latin1', 0, 8)];
  };

  t.same(await part('bytes=4-11'), [206, 'bytes 4-11/1000', '8', 'ftypisom']);
  t.same(await part('bytes=993-'), [206, 'bytes 993-999/1000', '7', 'the end']);
  t.same(await part('bytes=-3'), [206, 'bytes 997-999/1000', '3', 'end']);
  t.same(await part('bytes=990-5000'), [206, 'bytes 990-999/1000', '10', 'vvvthe e']);
  t.same((await part('bytes=1000-')).slice(0, 2), [416, 'bytes */1000']);
  t.same((await part('bytes=1-2,4-5')).slice(0, 3), [200, undefined, '1000']);
  t.same((await part('bytes=4-11', { 'if-range': '"other"' })).slice(0, 3), [200, undefined, '1000']);
});

t.test('shows a store’s own files only', async (t) => {
  const file = await add(await aPicture({ colour: '#abcdef' }));
  const [ada, bob] = [await owner('a'), await owner('b')];

  t.equal((await get(file.path, {}, 'b')).status, 404);
  t.equal((await get(`${file.path}?width=96`, {}, 'b')).status, 404);
  t.equal((await get('/media/aaaaaaaaaaaaaaaaaaaaaa/x.jpg')).status, 404);
  t.equal((await get('/media/..%2f..%2fsecret/x.jpg')).status, 400);
  const own = await ada.get(`/api/stores/store-a/media/${file.id}/content?width=96&format=webp`);
  t.match(own, { status: 200, headers: { 'content-type': 'image/webp', 'cache-control': /^private/ } });
  t.equal((await bob.get(`/api/stores/store-b/media/${file.id}/content`)).status, 404);
});

t.test('removes a file with all its sizes', async (t) => {
  const file = await add(await aPicture({ colour: '#fedcba' }));
  await get(`${file.path}?width=96`, WEBP);
  t.match(await inStore('a', 'media', ({ media }) => media.remove(file.id)), { ok: true });
  await jobs.drain();

  t.equal((await get(file.path)).status, 404);
  await t.rejects(filesOf(file), { code: 'ENOENT' });
});

t.test('keeps everything in a bucket when that is set', async (t) => {
  const s3 = await startFakeS3(t);
  await kernel.settings.platformSet('media', { storage: 's3' });
  await t.rejects(add(await aPicture({ colour: '#000001' })), {
    code: 'MEDIA_ERR_STORAGE_SETTINGS',
    message: /s3Endpoint, s3Bucket, s3AccessKeyId, s3SecretAccessKey/,
  });
  await kernel.settings.platformSet('media', {
    s3Endpoint: s3.endpoint,
    s3Bucket: 'files',
    s3Region: ACCESS.region,
    s3Prefix: 'kontor/',
    s3AccessKeyId: ACCESS.keyId,
    s3SecretAccessKey: ACCESS.secret,
  });
  t.teardown(() => kernel.settings.platformSet('media', { storage: 'disk' }));
  const picture = await add(await aPicture({ colour: '#000002' }), 'in-a-bucket.jpg');
  const video = await add(aVideo(2000), 'film.mp4');
  const names = () => [...s3.objects.keys()].map((name) => name.replace(/[\w-]{22}/, '{key}')).sort();
  const place = `kontor/${stores.a.id}/{key}`;

  t.same(names(), [`${place}/original`, `${place}/original`]);
  t.same((await get(picture.path)).bytes.length, picture.bytes);
  t.match(await factsOf((await get(`${picture.path}?width=96`, WEBP)).bytes), { format: 'webp', width: 96 });
  t.match(await get(video.path, { range: 'bytes=4-7' }), { status: 206, bytes: Buffer.from('ftyp') });
  t.same(names(), [`${place}/original`, `${place}/original`, `${place}/w96.webp`]);

  s3.faults.push('slow down');
  t.equal((await get(picture.path)).status, 200, 'one fault is tried again');
  s3.faults.push('down', 'down', 'down');
  t.equal((await get(picture.path)).status, 502);

  await inStore('a', 'media', ({ media }) => media.remove(picture.id));
  await jobs.drain();
  t.same(names(), [`${place}/original`]);
  await kernel.settings.platformSet('media', { s3SecretAccessKey: 'another key' });
  t.equal((await get(video.path)).status, 502, 'a wrong signature opens nothing');
});

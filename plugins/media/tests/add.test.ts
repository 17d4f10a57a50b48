import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import type { Media } from 'kontor/sdk';
import '../contract.ts';
import { anAnimation, aPhoto, aPicture, aVideo, factsOf, svg } from './pictures.ts';

const { inStore, kernel, stores } = await startTestKernel(t, {
  plugins: [new URL('..', import.meta.url)],
  until: 'control',
});
const media = <Value>(work: (media: Media) => Promise<Value>, store: 'a' | 'b' = 'a') =>
  inStore(store, 'media', (services) => work(services.media));
const add = (content: Buffer | Readable, name = 'file', store: 'a' | 'b' = 'a') =>
  media((files) => files.add({ content, name }), store);
const added = async (...input: Parameters<typeof add>) => {
  const answer = await add(...input);
  if (!answer.ok) throw new Error(answer.refusal);
  return answer.value;
};
const contentOf = (id: number) =>
  media(async (files) => {
    const { body } = await (await files.open({ file: { id } }))!.load();
    return Buffer.isBuffer(body) ? body : buffer(body);
  });
const onDisk = async (folder: string) =>
  inStore('a', 'media', async ({ platform }) =>
    readdir(join(await platform.folder(), folder)).catch(() => [] as string[]),
  );

t.test('keeps a picture with what others need to show it', async (t) => {
  const file = await added(await aPicture(), 'Un été à Lux.JPEG');

  t.match(file, {
    kind: 'image',
    name: 'Un été à Lux.jpg',
    folder: '',
    contentType: 'image/jpeg',
    width: 1000,
    height: 500,
    focalPoint: { x: 0.5, y: 0.5 },
    alt: {},
    path: /^\/media\/[\w-]{22}\/un-ete-a-lux\.jpg$/,
    version: 1,
  });
  t.same(await media((files) => files.find(file.id)), file);
  t.same(await media((files) => files.pictures([999, file.id])), [
    {
      mediaId: file.id,
      path: file.path,
      width: 1000,
      height: 500,
      alt: {},
      focalPoint: { x: 0.5, y: 0.5 },
    },
  ]);
  t.same(
    [...(await media((files) => files.byPaths([file.path, '/media/none', '/x'])))],
    [[file.path, file.id]],
  );
  t.same(await onDisk('incoming'), []);
});

t.test('makes pictures anew, upright and without what the camera wrote', async (t) => {
  const photo = await aPhoto();
  t.ok((await factsOf(photo)).exif);
  const file = await added(photo, 'photo.jpg');
  const { exif, orientation, icc, xmp } = await factsOf(await contentOf(file.id));

  t.match(file, { width: 200, height: 400 });
  t.same({ exif, orientation, icc, xmp }, {});
  t.notMatch((await contentOf(file.id)).toString('latin1'), /Lovelace|Kodak/);
});

t.test('judges a type by content, and names the file after it', async (t) => {
  const types = await Promise.all(
    (['png', 'webp', 'avif', 'tiff'] as const).map(async (format) => {
      const content = await aPicture({ width: 60, height: 30, format });
      const { name, contentType, width } = await added(content, 'picture.exe');
      return [format, name, contentType, width];
    }),
  );
  t.same(types, [
    ['png', 'picture.png', 'image/png', 60],
    ['webp', 'picture.webp', 'image/webp', 60],
    ['avif', 'picture.webp', 'image/webp', 60],
    ['tiff', 'picture.jpg', 'image/jpeg', 60],
  ]);
  t.match(await added(await anAnimation(), 'moves.gif'), {
    contentType: 'image/gif',
    width: 200,
    height: 100,
  });
  t.match(await added(aVideo(5000), 'film.mov'), {
    kind: 'video',
    name: 'film.mp4',
    contentType: 'video/mp4',
    bytes: 5000,
    width: null,
  });
  t.match(await added(Buffer.from('%PDF-1.7\nsmall'), 'Price list'), {
    kind: 'document',
    name: 'Price list.pdf',
    contentType: 'application/pdf',
  });
});

t.test('takes in nothing that it does not know, or that is broken', async (t) => {
  const jpeg = await aPicture();
  const refusals = await Promise.all(
    [
      Buffer.from('<html><script>alert(1)</script></html>'),
      Buffer.from('MZ this is a program'),
      Buffer.alloc(0),
      Buffer.from('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><rss/>'),
      jpeg.subarray(0, 200),
      Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(500)]),
      Buffer.from('<svg>'),
    ].map((content) => add(content)),
  );

  t.same(
    refusals.map((answer) => !answer.ok && answer.refusal),
    [...Array(4).fill('unsupportedType'), ...Array(3).fill('brokenFile')],
  );
  t.same(await onDisk('incoming'), []);
});

t.test('takes in nothing that is larger than is set, however it comes', async (t) => {
  await kernel.settings.platformSet('media', { maxImageMb: 1, maxVideoMb: 1 });
  t.teardown(() => kernel.settings.platformSet('media', { maxImageMb: null, maxVideoMb: null }));
  const endless = Readable.from(
    (function* () {
      yield aVideo(1000);
      for (;;) yield Buffer.alloc(65_536);
    })(),
  );

  t.match(await add(endless), { refusal: 'tooLarge', details: { maxBytes: 1_048_576 } });
  endless.destroy();
  t.match(await add(Buffer.concat([await aPicture(), Buffer.alloc(1_100_000)])), { refusal: 'tooLarge' });
  t.match(await add(Buffer.from(svg(`<path d="${'M0 0'.repeat(600_000)}"/>`))), { refusal: 'tooLarge' });
  const wide = await aPicture({ width: 16_000, height: 8000, format: 'png' });
  t.match(await add(wide), { refusal: 'tooLarge' }, 'too many pixels, though few bytes');
});

t.test('shrinks what is larger than a screen', async (t) => {
  t.match(await added(await aPicture({ width: 6000, height: 1200 })), { width: 5000, height: 1000 });
});

t.test('keeps the same bytes once for a store, however many bring them', async (t) => {
  const content = await aPicture({ colour: '#123456' });
  const files = await Promise.all(Array.from({ length: 5 }, () => added(content, 'same.jpg')));
  files.push(await added(Readable.from([content.subarray(0, 10), content.subarray(10)]), 'again.jpg'));
  const other = await added(content, 'same.jpg', 'b');

  t.equal(new Set(files.map(({ id }) => id)).size, 1);
  t.not(other.path, files[0]!.path);
  t.equal(await media((files) => files.find(999_999)), undefined);
  const kept = await onDisk(`files/${stores.a.id}`);
  const rows = await inStore('a', 'media', ({ database }) =>
    database.query<{ key: string }>('select key from media.files where store_id = $1', [stores.a.id]),
  );
  t.same(kept.sort(), rows.map(({ key }) => key).sort(), 'and leaves no content behind that nobody has');
});

t.test('keeps a drawing, and nothing in it that runs or reaches out', async (t) => {
  const inside = [
    '<style>.a{fill:url(#g)} </style><style>@import url(https://evil.example/x.css);</style>',
    '<style>.b{fill:u\\72l(//evil.example)}</style><style>&lt;/style&gt;&lt;script&gt;alert(6)</style>',
    '<script>alert(1)</script><script href="https://evil.example/x.js"/>',
    '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>',
    '<rect class="a" width="40" height="20" onload="alert(2)" style="fill:url(https://evil.example/y)"/>',
    '<image href="https://evil.example/z.png"/><image href="data:image/png;base64,iVBORw0KGgo="/>',
    '<a href="javascript:alert(3)"><text>A &amp; B</text></a><use href="#g"/><use xlink:href="https://evil.example#a"/>',
    '<foreignObject><body><iframe src="https://evil.example"/></body></foreignObject>',
    '<animate attributeName="href" values="javascript:alert(4)"/><set onbegin="alert(5)"/>',
  ].join('');
  const file = await added(Buffer.from(svg(inside)), 'drawing.svg');
  const kept = (await contentOf(file.id)).toString();

  t.match(file, { contentType: 'image/svg+xml', width: 40, height: 20, name: 'drawing.svg' });
  t.notMatch(kept, /evil|alert\([1-5]\)|<script|javascript|onload|foreignObject|animate|<set/);
  t.match(kept, /<style>\.a\{fill:url\(#g\)\} <\/style>/);
  t.match(kept, /<linearGradient id="g"><stop offset="0" stop-color="#fff"/);
  t.match(kept, /<image href="data:image\/png;base64,iVBORw0KGgo="/);
  t.match(kept, /<text>A &amp; B<\/text>/);
  t.match(kept, /&lt;script/, 'a text stays a text');
});

t.test('counts what files take, and gives it back', async (t) => {
  const used = () =>
    inStore('b', 'media', async ({ features }) => (await features.limit('media.storage_kb')).used);
  const before = await used();
  const file = await added(Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(5000)]), 'a.pdf', 'b');
  t.equal(await used(), before + 6);
  t.match(await media((files) => files.remove(file.id), 'b'), { ok: true });
  t.equal(await used(), before);

  await kernel.features.saveTier({ code: 'free', title: 'Free', position: 9 });
  await kernel.features.setMerchantTier(stores.b.merchantId, 'free');
  t.teardown(() => kernel.features.setMerchantTier(stores.b.merchantId, 'enterprise'));
  const kept = await onDisk(`files/${stores.b.id}`);
  t.match(await add(Buffer.from('%PDF-1.7 one more'), 'b.pdf', 'b'), { refusal: 'limitReached' });
  t.same(await onDisk(`files/${stores.b.id}`), kept, 'and keeps nothing of it');
});

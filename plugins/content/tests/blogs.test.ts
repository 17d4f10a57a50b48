import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import '../contract.ts';

const HOUR = 3_600_000; // ms
const DAY = 24 * HOUR;
const world = await startTestKernel(t, { plugins: ['content', 'media'] });
const { anonymous, clock, inStore, jobs, owner } = world;
const [ada, bob] = [await owner('a'), await owner('b')];
const A = '/api/stores/store-a';
const visitor = anonymous('a');
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const aBlog = async (change: object = {}) =>
  (await ada.post(`${A}/blogs`, { title: 'News', ...change })).body as { id: number; handle: string };
const anArticle = async (blogId: number, change: object = {}) =>
  (await ada.post(`${A}/articles`, { blogId, title: 'First light', isPublished: true, ...change })).body;
let visitors = 0;
/** Each comes from an address of its own, unless it says otherwise. */
const comment = (address: string, change: object = {}) =>
  anonymous('a').post(
    `/api/shop/blogs/${address}/comments`,
    { author: 'Grace', email: 'grace@example.lu', text: 'How nice!', ...change },
    { 'x-test': String(++visitors) },
  );
const write = (articleId: number, text: string, ip = `10.0.0.${++visitors}`) =>
  inStore('a', 'content', ({ content }) =>
    content.writeComment({ articleId, author: 'Grace', email: 'grace@example.lu', text, ip }),
  );

t.test('articles are listed by time, by tag, and each page goes on behind the last', async (t) => {
  const blog = await aBlog({ title: 'Journal', translations: { fr: { handle: 'carnet' } } });
  const now = clock.now().getTime();
  for (const [at, title] of ['One', 'Two', 'Three', 'Four'].entries())
    await anArticle(blog.id, {
      title,
      body: `<p>${title}</p>`,
      publishAt: new Date(now - (10 - at) * DAY).toISOString(),
      tags: at % 2 ? ['Été', 'été', 'Kitchen'] : ['Kitchen'],
    });
  await anArticle(blog.id, { title: 'Draft', isPublished: false });
  await anArticle(blog.id, { title: 'Planned', publishAt: new Date(now + HOUR).toISOString() });
  const titles = ({ body }: { body: { items: { title: string }[] } }) => body.items.map(({ title }) => title);

  const first = await visitor.get('/api/shop/blogs/journal?limit=3');
  t.same(titles(first), ['Four', 'Three', 'Two']);
  t.match(first.body.blog, { articleCount: 4, tags: ['Été', 'Kitchen'] });
  t.equal(first.body.items[0].body, undefined);
  t.same(titles(await visitor.get(`/api/shop/blogs/journal?limit=3&cursor=${first.body.next}`)), ['One']);
  t.same(titles(await visitor.get('/api/shop/blogs/carnet?tag=ete')), ['Four', 'Two']);
  await inStore('a', 'content', async ({ content }) => {
    t.equal(await content.countArticles({ blogId: blog.id, tag: 'Kitchen' }), 4);
    const skipped = await content.articles({ blogId: blog.id, skip: 2, limit: 2, isWithBody: true });
    t.same(
      skipped.articles.map(({ body }) => body),
      ['<p>Two</p>', '<p>One</p>'],
    );
    const beside = await content.neighbours(skipped.articles[0]!);
    t.same([beside.previous?.title, beside.next?.title], ['One', 'Three']);
  });

  clock.move(HOUR + 1);

  t.same(titles(await visitor.get('/api/shop/blogs/journal?limit=1')), ['Planned']);
  t.same(titles(await ada.get(`${A}/articles?blogId=${blog.id}&state=draft`)), ['Draft']);
});

t.test('an article has an address in each language and blog; old ones lead on', async (t) => {
  const [news, press] = [await aBlog(), await aBlog({ title: 'Press' })];
  const article = await anArticle(news.id, {
    body: '<p>Hello {{ store.name }}</p>',
    translations: { fr: { title: 'Première lueur', handle: 'premiere-lueur' } },
  });
  const found = await visitor.get('/api/shop/blogs/news/premiere-lueur', undefined, {
    'accept-language': 'fr',
  });
  t.match(found.body, {
    title: 'Première lueur',
    handle: 'premiere-lueur',
    body: '<p>Hello Store a</p>',
    handles: { en: { blog: 'news', article: 'first-light' }, fr: { article: 'premiere-lueur' } },
  });

  const moved = await ada.patch(`${A}/articles/${article.id}`, {
    blogId: press.id,
    handle: 'dawn',
    version: 1,
  });
  t.match(moved, { status: 200, body: { version: 2, blogHandle: 'press' } });
  await ada.patch(`${A}/blogs/${news.id}`, { handle: 'updates' });

  t.match((await visitor.get('/api/shop/blogs/news/first-light')).body, {
    blogHandle: 'press',
    handle: 'dawn',
  });
  t.match((await visitor.get('/api/shop/blogs/news')).body.blog, { handle: 'updates' });
  t.match(await ada.patch(`${A}/articles/${article.id}`, { title: 'x', version: 1 }), {
    status: 409,
    body: { code: 'changed' },
  });
});

t.test('an article shows a picture of the media library, which knows of it', async (t) => {
  const uploaded = await ada.post(`${A}/media?name=dawn.png`, PIXEL, {
    'content-type': 'application/octet-stream',
  });
  const media = uploaded.body;
  const blog = await aBlog({ title: 'Pictures' });
  const article = await anArticle(blog.id, {
    title: 'Shown',
    pictureId: media.id,
    body: `<p><img src="${media.path}?width=400" alt=""></p>`,
  });
  t.match(article.picture, { mediaId: media.id, path: media.path });
  t.match(await ada.delete(`${A}/media/${media.id}`), { status: 409, body: { code: 'inUse' } });
  t.equal((await bob.post('/api/stores/store-b/blogs', { title: 'Theirs' })).status, 201);
  const theirs = (await bob.get('/api/stores/store-b/blogs')).body.items[0];
  const stolen = { blogId: theirs.id, title: 'x', pictureId: media.id };
  t.match(await bob.post('/api/stores/store-b/articles', stolen), {
    status: 422,
    body: { code: 'unknownPicture' },
  });

  await ada.patch(`${A}/media/${media.id}`, { alt: { en: 'Dawn' }, version: media.version });
  await jobs.drain();

  const { body } = await ada.get(`${A}/articles/${article.id}`);
  t.same([body.picture.alt, body.version], [{ en: 'Dawn' }, 1], 'the copy follows, without a new version');
});

t.test('comments wait for the team where the blog says so', async (t) => {
  const blog = await aBlog({ title: 'Talk', comments: 'moderated' });
  const article = await anArticle(blog.id, { title: 'Tea' });
  const written = await comment('talk/tea', { text: 'A <b>fine</b> tea.\nReally.\n\nBye' });
  t.match(written, { status: 202, body: { state: 'pending' } });
  t.same((await visitor.get('/api/shop/blogs/talk/tea/comments')).body.items, []);

  const [waiting] = (await ada.get(`${A}/comments?state=pending`)).body.items;
  t.match(waiting, { author: 'Grace', email: 'grace@example.lu', state: 'pending' });
  t.equal((await bob.patch(`/api/stores/store-b/comments/${waiting.id}`, { state: 'approved' })).status, 404);
  t.equal((await ada.patch(`${A}/comments/${waiting.id}`, { state: 'approved' })).status, 200);

  const { items } = (await visitor.get('/api/shop/blogs/talk/tea/comments')).body;
  t.match(items, [{ author: 'Grace', html: '<p>A &lt;b&gt;fine&lt;/b&gt; tea.<br>Really.</p><p>Bye</p>' }]);
  t.equal(items[0].email, undefined, 'nobody else sees the address');
  t.equal((await visitor.get('/api/shop/blogs/talk/tea')).body.commentCount, 1);
  t.equal((await ada.get(`${A}/articles/${article.id}`)).body.version, 1);

  t.equal((await ada.delete(`${A}/comments/${waiting.id}`)).status, 204);
  t.same((await visitor.get('/api/shop/blogs/talk/tea/comments')).body.items, []);
});

t.test('comments of their own accord are shown at once, unless they look like spam', async (t) => {
  const blog = await aBlog({ title: 'Open', comments: 'auto' });
  const { id } = await anArticle(blog.id, { title: 'House' });
  t.same(await write(id, 'Lovely, see https://example.lu'), { ok: true, value: { state: 'approved' } });
  t.same(await write(id, 'https://a.example https://b.example'), { ok: true, value: { state: 'pending' } });
  t.match((await ada.get(`${A}/comments?state=spam`)).body.items, [
    { text: 'https://a.example https://b.example' },
  ]);
  const caught = await comment('open/house', { website: 'https://c.example' });
  t.match(caught, { status: 202, body: { state: 'approved' } }, 'a program is told what a person is told');
  t.equal((await visitor.get('/api/shop/blogs/open/house/comments')).body.items.length, 1);
  t.equal((await ada.get(`${A}/comments?articleId=${id}`)).body.items.length, 2);
});

t.test('one sender writes five comments an hour, and nobody where comments are off', async (t) => {
  const blog = await aBlog({ title: 'Flood', comments: 'moderated' });
  const { id } = await anArticle(blog.id, { title: 'Water' });
  const results = [];
  for (let count = 0; count < 6; count += 1) results.push((await write(id, `No. ${count}`, '192.0.2.1')).ok);
  t.same(results, [true, true, true, true, true, false]);
  t.equal((await write(id, 'Somebody else', '192.0.2.2')).ok, true);
  clock.move(HOUR + 1);
  t.equal((await write(id, 'Later', '192.0.2.1')).ok, true);

  await ada.patch(`${A}/blogs/${blog.id}`, { comments: 'off' });
  t.match(await comment('flood/water'), { status: 403, body: { code: 'commentsOff' } });
  t.equal((await comment('flood/nothing')).status, 404);
  await ada.patch(`${A}/blogs/${blog.id}`, { comments: 'auto' });
  t.match(await comment('flood/water', { email: 'nobody' }), { status: 422, body: { code: 'invalid' } });
});

t.test('blogs, articles and comments of the other store are not there', async (t) => {
  const blog = await aBlog({ title: 'Private' });
  const article = await anArticle(blog.id, { title: 'Mine' });
  for (const path of [`blogs/${blog.id}`, `articles/${article.id}`]) {
    const its = `/api/stores/store-b/${path}`;
    t.equal((await bob.get(its)).status, 404);
    t.equal((await bob.patch(its, { title: 'x' })).status, 404);
    t.equal((await bob.delete(its)).status, 404);
  }
  const there = await bob.post('/api/stores/store-b/articles', { blogId: blog.id, title: 'x' });
  t.match(there, { status: 422, body: { code: 'unknownBlog' } });
  t.equal((await anonymous('b').get('/api/shop/blogs/private/mine')).status, 404);
  t.equal((await ada.delete(`${A}/blogs/${blog.id}`)).status, 204);
  t.equal((await ada.get(`${A}/articles/${article.id}`)).status, 404);
});

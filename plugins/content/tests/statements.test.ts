import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import { logStatements } from '../../../tests/support/statement-log.ts';
import '../contract.ts';

/* Counted in PostgreSQL's log, once everything is warm. */
const { anonymous, inStore, kernel, owner } = await startTestKernel(t, {
  plugins: ['content'],
  until: 'control', // nothing else runs meanwhile
});
const ada = await owner('a');
const A = '/api/stores/store-a';
const blog = (await ada.post(`${A}/blogs`, { title: 'News' })).body;
const items = [];
for (let count = 0; count < 12; count += 1) {
  const article = { blogId: blog.id, title: `Article ${count}`, isPublished: true };
  const { body } = await ada.post(`${A}/articles`, article);
  items.push({ title: body.title, target: 'article', targetId: body.id });
}
await ada.post(`${A}/menus`, { handle: 'main-menu', title: 'Main', items });
await ada.post(`${A}/redirects`, { redirects: [{ from: '/old', to: '/pages/about' }] });
const logged = await logStatements(kernel);

for (const [path, most] of [
  ['/pages/about', 1],
  ['/blogs/news', 2],
  ['/blogs/news/article-3', 1],
  ['/menus/main-menu', 0],
  ['/policies', 0],
] as const)
  t.test(`${path}: ${most}`, async (t) => {
    const visit = () => anonymous('a').get(`/api/shop${path}`);
    await visit();
    const { value, statements } = await logged(visit);
    t.equal(value.status, 200);
    t.equal(statements.length, most, statements.join('\n'));
  });

t.test('a redirect, and the name of all that is seen: 0', async (t) => {
  const ask = () =>
    inStore('a', 'content', async ({ content }) => [
      await content.redirect('/old'),
      await content.redirect('/nothing'),
      (await content.revision()) !== '',
    ]);
  await ask();
  const { value, statements } = await logged(ask);
  t.same([value, statements], [['/pages/about', undefined, true], []]);
});

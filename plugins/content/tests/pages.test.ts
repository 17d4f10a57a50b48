import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

t.test('pages', async (t) => {
  const { admin, anonymous, apiKey, clock, inStore, member, owner, stores } = await startTestKernel(t, {
    plugins: ['content'],
  });
  const me = await owner('a');
  const pages = `/api/stores/${stores.a.handle}/pages`;
  const visitor = anonymous('a');

  await t.test('a store begins with the platform’s texts, with its own data filled in', async (t) => {
    await inStore('a', 'content', ({ settings }) =>
      settings.set({
        company: 'Ada & <Daughters>',
        address: '1, rue du Fossé\nL-1536 Luxembourg',
        email: 'ada@example.lu',
      }),
    );
    const { status, body } = await visitor.get('/api/shop/pages/legal-notice');
    t.equal(status, 200);
    t.match(body, { id: null, handle: 'legal-notice', title: 'Legal notice' });
    t.equal(
      body.body,
      [
        '<p>This shop is run by</p>',
        '<address>Ada &#38; &#60;Daughters&#62;<br>1, rue du Fossé<br>L-1536 Luxembourg</address>',
        '',
        '<p>E-mail: <a href="mailto:ada@example.lu">ada@example.lu</a></p>',
        '',
        '',
        '',
        '',
      ].join('\n'),
    );
    const french = await visitor.get('/api/shop/pages/legal-notice', undefined, { 'accept-language': 'fr' });
    t.equal(french.body.title, 'Mentions légales');
    const other = await anonymous('b').get('/api/shop/pages/legal-notice');
    t.match(other.body.body, '<address>Store b</address>');
    t.notMatch(other.body.body, 'Ada');
  });
});

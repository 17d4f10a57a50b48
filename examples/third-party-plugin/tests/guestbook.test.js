import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

const plugins = [new URL('..', import.meta.url)];
const DAY = 24 * 3_600_000; // ms
const BOOK = '/api/shop/guestbook';

t.test('shows a guest the line that was written, tidied and with its badge', async (t) => {
  const { anonymous } = await startTestKernel(t, { plugins });
  const guest = anonymous('a');

  const signed = await guest.post(BOOK, { name: 'Ada', text: '  What a\n shop!  ' });

  const entry = { id: 1, name: 'Ada', text: 'What a shop!', answer: null, badges: ['first guest'] };
  t.same([signed.status, signed.body], [201, entry]);
  t.same((await guest.get(BOOK)).body, { title: 'Guest book', entries: [entry] });
  t.equal((await guest.get(BOOK, undefined, { 'accept-language': 'lb' })).body.title, 'Gäschtebuch');
  t.same((await anonymous('b').get(BOOK)).body.entries, []);
});

t.test('lets the team of a store answer and remove, and nobody else', async (t) => {
  const { anonymous, member, owner, stranger, stores } = await startTestKernel(t, { plugins });
  await anonymous('a').post(BOOK, { name: 'Ada', text: 'Hello' });
  const line = `/api/stores/${stores.a.handle}/guestbook/1`;
  const elsewhere = `/api/stores/${stores.b.handle}/guestbook/1`;

  t.equal((await (await owner('b')).get(line)).status, 404);
  t.equal((await (await owner('b')).get(elsewhere)).status, 404);
  t.equal((await (await stranger()).delete(line)).status, 404);
  t.equal((await (await member('a', 'read-only')).delete(line)).status, 403);
  const editor = await member('a', 'editor');
  t.equal((await editor.put(`${line}/answer`, { text: 'Hello Ada' })).body.answer, 'Hello Ada');
  t.equal((await editor.delete(line)).status, 204);
  t.equal((await editor.delete(line)).status, 404);
});

t.test('takes no line while the store has closed its book', async (t) => {
  const { anonymous, inStore } = await startTestKernel(t, { plugins });
  await inStore('a', 'guestbook', ({ settings }) => settings.set({ isOpen: false }));

  const refusal = await anonymous('a').post(BOOK, { name: 'Ada', text: 'Hello' });

  t.match(refusal, { status: 409, body: { code: 'bookClosed' } });
  t.equal((await anonymous('b').post(BOOK, { name: 'Ada', text: 'Hello' })).status, 201);
});

t.test('gives answers to tiers that have them, and as many lines as a tier allows', async (t) => {
  const { anonymous, kernel, owner, stores } = await startTestKernel(t, { plugins });
  await anonymous('a').post(BOOK, { name: 'Ada', text: 'Hello' });
  await kernel.features.setMerchantTier(stores.a.merchantId, 'essential');
  await kernel.features.setTierValue('essential', 'guestbook.entries', 1);
  const me = await owner('a');

  const answer = await me.put(`/api/stores/${stores.a.handle}/guestbook/1/answer`, { text: 'Hello Ada' });
  t.match(answer, { status: 403, body: { detail: /guestbook.answers/ } });
  const second = await anonymous('a').post(BOOK, { name: 'Bob', text: 'Hello too' });
  t.match(second, { status: 403, body: { code: 'limitReached', details: { used: 1, max: 1 } } });
});

t.test('counts each line of a day once, and drops old ones at night', async (t) => {
  const { anonymous, clock, inStore, jobs } = await startTestKernel(t, { plugins });
  const day = clock.now().toISOString().slice(0, 10);
  await anonymous('a').post(BOOK, { name: 'Ada', text: 'Hello' });
  await jobs.drain();
  t.equal(await inStore('a', 'guestbook', ({ guestbook }) => guestbook.writtenOn(day)), 1);
  t.equal(await inStore('b', 'guestbook', ({ guestbook }) => guestbook.writtenOn(day)), 0);

  clock.move(400 * DAY);
  await inStore('a', 'guestbook', (services) => services.jobs.send('guestbook.drop-old-entries', {}));
  await jobs.drain();

  t.same((await anonymous('a').get(BOOK)).body.entries, []);
});

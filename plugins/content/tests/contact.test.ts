import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import '../contract.ts';

const DAY = 24 * 3_600_000; // ms
const world = await startTestKernel(t, { plugins: ['content', 'mail'] });
const { anonymous, apiKey, clock, customer, inStore, jobs, member, owner } = world;
const [ada, bob] = [await owner('a'), await owner('b')];
const MESSAGES = '/api/stores/store-a/contact-messages';
const send = (change: object = {}) =>
  anonymous('a').post('/api/shop/contact', {
    name: 'Grace\r\nBcc: all@example.lu',
    email: 'grace@example.lu',
    text: 'Do you have the bowl in green?\n\n<script>x</script>',
    fields: { 'Order number': '#1001' },
    ...change,
  });
const mails = () => inStore('a', 'mail', ({ mailer }) => mailer.list());

t.test('a message is kept and mailed to the owners, and the answer goes to who wrote', async (t) => {
  const { status, body } = await send();
  t.same([status, body], [202, { state: 'received' }]);

  const listed = await ada.get(MESSAGES);
  t.match(listed.body, {
    unread: 1,
    next: null,
    items: [
      {
        name: 'Grace Bcc: all@example.lu',
        email: 'grace@example.lu',
        fields: { 'Order number': '#1001' },
        isRead: false,
      },
    ],
  });
  await jobs.drain();
  const [mail] = await mails();
  t.match(mail, { template: 'content.contact', to: 'person-1@example.lu', state: 'sent' });
  t.match(mail!.subject, /^Message from Grace Bcc: all@example\.lu$/);
  const { html } = (await ada.get(`/api/stores/store-a/mail/letters/${mail!.id}`)).body;
  t.match(html, '&lt;script&gt;');
  t.notMatch(html, '<script>');
  const row = await inStore('a', 'mail', ({ database }) =>
    database.query('select reply_to from mail.letters where store_id = $1', [world.stores.a.id]),
  );
  t.same(row, [{ reply_to: 'grace@example.lu' }]);
});

t.test('with an address in the settings, messages go there', async (t) => {
  await inStore('a', 'content', ({ settings }) => settings.set({ email: 'hello@store-a.example' }));
  await send();
  t.match((await mails())[0], { to: 'hello@store-a.example' });
});

t.test('who has an account and who has none are told the same', async (t) => {
  const known = await customer('a');
  t.ok(known.customerId);
  const answers = await Promise.all([
    send({ email: 'customer-1@example.lu' }),
    send({ email: 'nobody@example.lu' }),
    send({ website: 'https://spam.example' }),
  ]);
  t.same(
    answers.map(({ status, body }) => [status, body]),
    Array.from({ length: 3 }, () => [202, { state: 'received' }]),
  );
  t.equal((await ada.get(MESSAGES)).body.items.length, 4, 'what fills in the trap is dropped');
});

t.test('too many of one sender, and what is no message, are refused', async (t) => {
  t.equal((await send()).status, 202);
  t.match(await send(), { status: 429, body: { code: 'tooMany' } });
  clock.move(3_600_001);
  t.match(await send({ email: 'no address' }), { status: 422, body: { details: { fields: ['email'] } } });
  t.match(await send({ text: ' \n ' }), { status: 422, body: { details: { fields: ['text'] } } });
  t.equal((await send({ price: 1 })).status, 422);
});

t.test('messages are marked, removed, and seen by nobody else', async (t) => {
  const [message] = (await ada.get(MESSAGES)).body.items;
  const its = `/api/stores/store-b/contact-messages/${message.id}`;
  t.equal((await bob.get(its)).status, 404);
  t.equal((await bob.patch(its, { isRead: true })).status, 404);
  t.equal((await bob.delete(its)).status, 404);
  t.same((await bob.get('/api/stores/store-b/contact-messages')).body.items, []);
  t.equal((await (await member('a', 'accountant')).get(MESSAGES)).status, 403);

  t.equal((await ada.patch(`${MESSAGES}/${message.id}`, { isRead: true })).body.isRead, true);
  t.equal((await ada.get(`${MESSAGES}?isRead=true`)).body.items.length, 1);
  t.equal((await ada.delete(`${MESSAGES}/${message.id}`)).status, 204);
  t.equal((await ada.get(`${MESSAGES}/${message.id}`)).status, 404);
});

t.test('messages are kept for twelve months', async (t) => {
  const program = await apiKey('a', ['content.messages']);
  const before = (await program.get(MESSAGES)).body.items.length;
  clock.move(300 * DAY);
  await inStore('a', 'content', ({ content }) =>
    content.sendMessage({ email: 'late@example.lu', text: 'Hello', ip: '192.0.2.9' }),
  );
  await jobs.drain();
  t.equal((await program.get(MESSAGES)).body.items.length, before + 1);

  clock.move(70 * DAY);
  await jobs.drain();

  t.match((await program.get(MESSAGES)).body.items, [{ email: 'late@example.lu' }]);
});

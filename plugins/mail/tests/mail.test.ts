import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import '../contract.ts';
import { startMailServer } from './mail-server.ts';

const world = await startTestKernel(t, { plugins: [new URL('..', import.meta.url)], until: 'control' });
const { admin, anonymous, apiKey, customer, inStore, jobs, kernel, member, owner } = world;
const server = await startMailServer(t);
const { mails, faults } = server;
const smtp = { host: '127.0.0.1', port: server.port, requireTls: false, from: 'post@kontor.example' };
await kernel.settings.platformSet('mail', smtp);
const A = '/api/stores/store-a/mail';
const B = '/api/stores/store-b/mail';
const [ada, bob] = [await owner('a'), await owner('b')];

let count = 0;
const send = (to = 'grace@example.lu') =>
  inStore('a', 'mail', ({ mailer }) =>
    mailer.send({ template: 'mail.locked-out', to: { email: to }, data: {}, key: `${++count}` }),
  );
t.beforeEach(() => {
  mails.splice(0);
  faults.splice(0);
});

t.test('shows what was sent, a page at a time', async (t) => {
  const ids = [await send(), await send('alan@example.lu'), await send()];
  faults.push({ at: 'recipient', code: 550 });
  await jobs.drain();

  const first = await ada.get(`${A}/letters?limit=2`);
  t.match(first, { status: 200, body: { items: [{ id: ids[2] }, { id: ids[1] }], next: String(ids[1]) } });
  t.match((await ada.get(`${A}/letters?limit=2&cursor=${first.body.next}`)).body, {
    items: [{ id: ids[0] }],
    next: null,
  });
  t.match((await ada.get(`${A}/letters?sort=oldest&to=grace@example.lu`)).body.items, [
    { id: ids[0] },
    { id: ids[2] },
  ]);
  t.match((await ada.get(`${A}/letters?state=failed`)).body.items.length, 1);
  t.match(await ada.get(`${A}/letters/${ids[1]}`), {
    status: 200,
    body: {
      to: 'alan@example.lu',
      subject: 'Your account at Store a is locked for a while',
      html: /<!doctype html>/,
    },
  });
  t.equal((await ada.get(`${A}/letters?state=lost`)).status, 400);
});

t.test('keeps mails and words from those who may not see them', async (t) => {
  const id = await send();
  await jobs.drain();
  const [editor, clerk] = [await member('a', 'editor'), await member('a', 'fulfilment')];

  t.equal((await bob.get(`${B}/letters/${id}`)).status, 404);
  t.equal((await bob.get(`${A}/letters/${id}`)).status, 404);
  t.equal((await bob.post(`${B}/letters/${id}/send-again`)).status, 404);
  t.equal((await editor.get(`${A}/letters`)).status, 403);
  t.equal((await clerk.get(`${A}/letters`)).status, 200);
  t.equal((await clerk.post(`${A}/letters/${id}/send-again`)).status, 403);
  t.equal((await anonymous().get(`${A}/letters`)).status, 401);
});

t.test('sends again what failed and what nobody knows of, once for each time it is asked', async (t) => {
  faults.push({ at: 'recipient', code: 550 });
  const failed = await send();
  await jobs.drain();
  faults.push({ at: 'after-data' });
  const unknown = await send();
  await jobs.drain();
  const again = (id: number) => ada.post(`${A}/letters/${id}/send-again`);

  for (const id of [failed, unknown]) {
    t.match(await again(id), { status: 200, body: { state: 'waiting', error: null } });
    t.match(await again(id), { status: 409, body: { code: 'stillWaiting' } });
    await jobs.drain();
    t.match(await ada.get(`${A}/letters/${id}`), { body: { state: 'sent' } });
    t.match(await again(id), { status: 409, body: { code: 'alreadySent' } });
  }
  t.equal(mails.length, 2);
  t.equal((await again(999_999)).status, 404);
});

t.test('lets a store say it in its own words, and go back', async (t) => {
  const own = `${A}/templates/mail.locked-out/en`;
  const words = { subject: 'Hold on, {{ store.name }}', html: '<p>Locked &amp; safe</p>', text: 'Locked' };
  t.match(
    (await ada.get(`${A}/templates`)).body.items.find(
      ({ code }: { code: string }) => code === 'mail.locked-out',
    ),
    { plugin: 'mail', locales: ['en', 'fr', 'de', 'lb'], ownLocales: [] },
  );

  t.match(await ada.put(own, { ...words, version: 0 }), { status: 200, body: { version: 1 } });
  t.match(await ada.put(own, { ...words, version: 0 }), { status: 409, body: { code: 'changed' } });
  t.match(await ada.put(own, { ...words, text: 'Locked!', version: 1 }), { body: { version: 2 } });
  t.match(await ada.put(own, { ...words, version: 1 }), {
    body: { code: 'changed', details: { version: 2 } },
  });
  t.match((await ada.get(`${A}/templates/mail.locked-out`)).body, {
    texts: { en: { subject: /locked/ } },
    own: { en: { text: 'Locked!', changedBy: /person-/ } },
  });

  const id = await send();
  await jobs.drain();
  t.match(await ada.get(`${A}/letters/${id}`), { body: { subject: 'Hold on, Store a', text: /^Locked!\n/ } });
  t.match((await bob.get(`${B}/templates/mail.locked-out`)).body.own, {}, 'of this store only');

  t.equal((await ada.delete(own)).status, 204);
  t.equal((await ada.delete(own)).status, 404);
  const usual = await send();
  await jobs.drain();
  t.match(await ada.get(`${A}/letters/${usual}`), { body: { subject: /is locked for a while/ } });
});

t.test('refuses words that are no template, and says where', async (t) => {
  const words = { subject: 'x', html: '<p>\n{{ name | shout }}</p>', text: 'x', version: 0 };
  const answer = await ada.put(`${A}/templates/mail.locked-out/de`, words);

  t.match(answer, {
    status: 422,
    body: {
      code: 'brokenTemplate',
      detail: 'The template is broken in line 2: undefined filter: shout',
      details: { template: 'mail.locked-out/html', line: 2 },
    },
  });
  t.equal((await ada.put(`${A}/templates/nobody.knows/de`, { ...words, html: 'x' })).status, 404);
});

t.test('sends the usual words when those of the store cannot be rendered', async (t) => {
  const words = { subject: 'x', html: '{{ 1.5 | money }}', text: 'x', version: 0 };
  t.equal((await ada.put(`${A}/templates/mail.locked-out/en`, words)).status, 200);
  const id = await send();
  await jobs.drain();

  t.match(await ada.get(`${A}/letters/${id}`), {
    body: { state: 'sent', subject: /is locked for a while/, error: /own words set aside: money is whole/ },
  });
  t.equal((await ada.delete(`${A}/templates/mail.locked-out/en`)).status, 204);
});

t.test('shows a mail before it is saved, and sends a test to whoever asks', async (t) => {
  const path = `${A}/templates/mail.invitation`;
  t.match(await ada.post(`${path}/preview`, { locale: 'de' }), {
    status: 200,
    body: { subject: 'Sie sind eingeladen, bei Store a mitzuarbeiten', html: /7 Tage/, text: /7 Tage/ },
  });
  const draft = { subject: '{{ days }} days', html: '<i>{{ link }}</i>', text: 'x' };
  t.match(await ada.post(`${path}/preview`, { draft }), { body: { subject: '7 days', html: /<i>https:/ } });
  t.match(await ada.post(`${path}/preview`, { draft: { ...draft, html: '{% if %}' } }), { status: 422 });

  const tested = await ada.post(`${path}/test`, { locale: 'lb' });
  await jobs.drain();
  t.match(tested, { status: 202, body: { to: /person-/ } });
  t.match(mails, [
    { to: { text: tested.body.to }, subject: 'Dir sidd invitéiert, bei Store a matzeschaffen' },
  ]);
  const key = await apiKey('a', ['mail.manage']);
  t.match(await key.post(`${path}/test`, { locale: 'en' }), { status: 422, body: { code: 'noAddress' } });
});

t.test('sends in the name of the store, and from its own address where the platform allows it', async (t) => {
  const sender = { senderName: 'Épicerie "Ada"', senderAddress: 'hello@ada.lu', replyTo: 'ask@ada.lu' };
  t.match(await ada.patch(`${A}/sender`, { ...sender, footer: 'Ada S.à r.l.\n1, rue <b>Neuve</b>' }), {
    status: 200,
    body: { ...sender, mayUseOwnAddress: false },
  });
  await send();
  await jobs.drain();
  await kernel.settings.platformSet('mail', { storesMayUseOwnAddress: true });
  await send();
  await jobs.drain();

  t.match(mails, [
    {
      from: { value: [{ name: 'Épicerie "Ada"', address: 'post@kontor.example' }] },
      replyTo: { text: 'ask@ada.lu' },
      html: /Ada S\.à r\.l\.<br>\s*1, rue &lt;b&gt;Neuve/,
    },
    { from: { value: [{ name: 'Épicerie "Ada"', address: 'hello@ada.lu' }] } },
  ]);
  t.equal((await ada.patch(`${A}/sender`, { replyTo: 'x\r\nBcc: all@example.lu' })).status, 422);
  t.equal((await ada.patch(`${A}/sender`, { host: 'mail.evil.example' })).status, 422);
  t.equal((await ada.patch(`${A}/sender`, { accentColour: 'red;}' })).status, 422);
});

t.test('brings the kernel’s notices to users and customers, and keeps no copy of their links', async (t) => {
  const { auth } = kernel;
  await auth.users.create({ email: 'dora@example.lu', name: 'Dora', locale: 'de' });
  await auth.users.requestPasswordReset('dora@example.lu');
  const shopper = await customer('b');
  const { email } = (await inStore('b', 'mail', ({ customers }) => customers.find(shopper.customerId)))!;
  await inStore('b', 'mail', ({ customers }) => customers.requestPasswordReset(email));
  await inStore('a', 'mail', ({ team }) =>
    team.invite({ email: 'emil@example.lu', role: 'editor', invitedBy: ada.userId }),
  );
  await auth.deliverNotices();

  const bySubject = Object.fromEntries(mails.map((mail) => [mail.subject, mail]));
  t.match(bySubject['Wählen Sie ein neues Passwort für Kontor'], {
    from: { text: '"Kontor" <post@kontor.example>' },
    to: { text: 'dora@example.lu' },
    text: /http:\/\/localhost:3000\/\S+\?token=[\w-]{44}/,
  });
  t.match(bySubject['Choose a new password for Store b'], {
    from: { text: '"Store b" <post@kontor.example>' },
    to: { text: email },
    text: /\?token=/,
  });
  t.match(bySubject['You are invited to work with Store a'], { to: { text: 'emil@example.lu' } });
  const kept = await inStore('a', 'mail', ({ mailer }) => mailer.list({ to: 'emil@example.lu' }));
  t.same(kept, []);
});

t.test('leaves a notice with the kernel while the server does not take it', async (t) => {
  const { auth } = kernel;
  await auth.users.create({ email: 'fay@example.lu', name: 'Fay' });
  await auth.users.requestPasswordReset('fay@example.lu');
  faults.push({ at: 'recipient', code: 450 });
  await auth.deliverNotices();
  t.same(mails, []);

  world.clock.move(5 * 60_000);
  await auth.deliverNotices();
  t.match(mails, [{ to: { text: 'fay@example.lu' } }]);
});

t.test('keeps mails in the outbox while there is no server', async (t) => {
  await kernel.settings.platformSet('mail', { host: null });
  t.teardown(() => kernel.settings.platformSet('mail', smtp));
  const id = await send('<script>@example.lu');
  await jobs.drain();
  t.match(await ada.get(`${A}/letters/${id}`), { body: { state: 'sent', transport: 'outbox' } });

  const list = await anonymous().get('/outbox', undefined, { 'accept-language': 'de' });
  t.match(list, {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: /<html lang="de">/,
  });
  t.notMatch(list.body, '<script>');
  const [, name] = /href="\/outbox\/([\w-]+)"/.exec(list.body)!;
  const page = await anonymous().get(`/outbox/${name}`);
  t.match(page.body, new RegExp(`<iframe src="/outbox/${name}/html" title="[^"]+" sandbox>`));
  t.match(page.body, /<pre[^>]*>[\s\S]*<a href="http:\/\/store-a\.localhost:3000" rel="noreferrer">/);
  const html = await anonymous().get(`/outbox/${name}/html`);
  t.match(html.headers['content-security-policy'], /^sandbox; default-src 'none'/);
  const file = await anonymous().get(`/outbox/${name}/eml`);
  t.match(file, { headers: { 'content-type': 'message/rfc822' }, body: /^From: =\?UTF-8/m });
  t.equal((await anonymous().get('/outbox/..%2F..%2Fsecret')).status, 404);
  t.equal((await anonymous('a').get('/outbox')).status, 404, 'not on a store’s host');
});

t.test('shows the outbox of a real platform to admins only', async (t) => {
  const { mode } = kernel.config;
  const production = await startTestKernel(t, {
    plugins: [new URL('..', import.meta.url)],
    until: 'control',
    config: { mode: 'production' },
  });
  t.equal(mode, 'test');
  t.match(await production.anonymous().get('/outbox'), { status: 403, body: { code: 'adminsOnly' } });
  t.equal((await (await production.owner('a')).get('/outbox')).status, 403);
  t.equal((await (await production.admin()).get('/outbox')).status, 200);
  t.equal((await (await admin()).get('/outbox/20261123000000000-nothing')).status, 404);
});

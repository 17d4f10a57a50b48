import t from 'tap';
import type { Letter } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';
import '../contract.ts';
import { startMailServer } from './mail-server.ts';

const world = await startTestKernel(t, { plugins: [new URL('..', import.meta.url)], until: 'control' });
const { clock, inStore, jobs, kernel } = world;
const server = await startMailServer(t);
const { mails, faults } = server;
const smtp = {
  host: '127.0.0.1',
  port: server.port,
  requireTls: false,
  timeLimit: 60,
  from: 'shop@kontor.example',
};
await kernel.settings.platformSet('mail', smtp);

let count = 0;
const aLetter = (change: Partial<Letter> = {}): Letter => ({
  template: 'mail.password-reset',
  to: { email: 'ada@example.lu', name: 'Ada Lovelace' },
  locale: 'fr',
  data: { link: 'https://shop.example.lu/reset?token=t', hours: 2, days: 0 },
  key: `letter:${++count}`,
  ...change,
});
const send = (letter: Letter, store: 'a' | 'b' = 'a') =>
  inStore(store, 'mail', ({ mailer }) => mailer.send(letter));
const list = (store: 'a' | 'b' = 'a') => inStore(store, 'mail', ({ mailer }) => mailer.list());
const latest = async () => (await list())[0]!;
t.beforeEach(() => {
  mails.splice(0);
  faults.splice(0);
});

t.test('sends a mail after the commit, in the language of the person', async (t) => {
  const content = Buffer.from('%PDF-1.7');
  const id = await send(aLetter({ attachments: [{ name: 'a.pdf', type: 'application/pdf', content }] }));
  t.match(await latest(), { id, state: 'waiting', to: 'ada@example.lu', sentAt: null });

  await jobs.drain();

  t.match(await latest(), {
    id,
    template: 'mail.password-reset',
    subject: 'Choisissez un nouveau mot de passe pour Store a',
    state: 'sent',
    error: null,
    sentAt: Date,
  });
  const [mail] = mails;
  t.equal(mails.length, 1);
  t.match(mail, {
    subject: 'Choisissez un nouveau mot de passe pour Store a',
    from: { text: '"Store a" <shop@kontor.example>' },
    to: { text: '"Ada Lovelace" <ada@example.lu>' },
    attachments: [{ filename: 'a.pdf', contentType: 'application/pdf', content }],
  });
  t.match(mail!.text, 'https://shop.example.lu/reset?token=t');
  t.match(mail!.html as string, /<a class="button" href="https:\/\/shop\.example\.lu\/reset\?token=t"/);
});

t.test('sends nothing of a transaction that was taken back', async (t) => {
  const before = (await list()).length;
  await t.rejects(
    inStore('a', 'mail', ({ database, mailer }) =>
      database.transaction(async () => {
        await mailer.send(aLetter());
        throw new Error('taken back');
      }),
    ),
    { message: 'taken back' },
  );
  await jobs.drain();

  t.equal((await list()).length, before);
  t.same(mails, []);
});

t.test('sends one mail for a template and key, however often it is asked', async (t) => {
  const letter = aLetter();
  const ids = await Promise.all(Array.from({ length: 8 }, () => send(letter)));
  await jobs.drain();
  ids.push(await send(letter));
  await jobs.drain();

  t.equal(new Set(ids).size, 1);
  t.equal(mails.length, 1);
});

t.test('keeps the mails of two stores apart', async (t) => {
  const letter = aLetter();
  await Promise.all([send(letter, 'a'), send(letter, 'b')]);
  await jobs.drain();

  t.same(mails.map((mail) => mail.from?.text).sort(), [
    '"Store a" <shop@kontor.example>',
    '"Store b" <shop@kontor.example>',
  ]);
  t.same(
    (await list('b')).map(({ to }) => to),
    ['ada@example.lu'],
  );
});

t.test('gives up at once when the server will never take it', async (t) => {
  for (const fault of [
    { at: 'recipient', code: 550 },
    { at: 'data', code: 554 },
  ] as const) {
    faults.push(fault);
    await send(aLetter());
    await jobs.drain();
    t.match(await latest(), { state: 'failed', error: 'as the test wants it' }, fault.at);
  }
  t.same(mails, []);
});

t.test('tries again when the server cannot take it now', async (t) => {
  const refusals = [
    { at: 'greeting', code: 421 },
    { at: 'sender', code: 451 },
    { at: 'recipient', code: 450 },
    { at: 'data', code: 452 },
  ] as const;
  faults.push(...refusals);
  await send(aLetter());
  for (const [tries, { at }] of refusals.entries()) {
    await jobs.drain();
    t.match(await latest(), { state: 'waiting', error: 'as the test wants it' }, at);
    clock.move(2 ** tries * 60_000);
  }
  await jobs.drain();

  t.match(await latest(), { state: 'sent' });
  t.equal(mails.length, 1);
});

t.test('tries again while there is no server, and then no more', async (t) => {
  await kernel.settings.platformSet('mail', { port: 1 });
  t.teardown(() => kernel.settings.platformSet('mail', { port: server.port }));
  await send(aLetter());
  for (let tries = 0; tries < 9; tries += 1) {
    await jobs.drain();
    t.match(await latest(), { state: 'waiting' }, `try ${tries + 1}`);
    clock.move(2 ** tries * 60_000);
  }
  await jobs.drain();

  t.match(await latest(), { state: 'failed', error: /ECONNREFUSED/ });
});

t.test('does not send again by itself what may have gone out', async (t) => {
  faults.push({ at: 'after-data' });
  await send(aLetter());
  await jobs.drain();
  t.match(await latest(), {
    state: 'unknown',
    error: 'The connection broke before the server confirmed it.',
  });

  clock.move(24 * 3_600_000);
  await jobs.drain();
  t.same(mails, []);
  t.match(await latest(), { state: 'unknown' });
});

t.test('waits for a slow server as long as is set, and no longer', async (t) => {
  await kernel.settings.platformSet('mail', { timeLimit: 1 });
  t.teardown(() => kernel.settings.platformSet('mail', { timeLimit: 60 }));
  faults.push({ at: 'silence' });
  await send(aLetter());
  await jobs.drain();

  t.match(await latest(), { state: 'unknown' });
});

t.test('refuses an unencrypted server, unless that is wanted', async (t) => {
  await kernel.settings.platformSet('mail', { requireTls: true });
  t.teardown(() => kernel.settings.platformSet('mail', { requireTls: false }));
  await send(aLetter());
  await jobs.drain();

  t.match(await latest(), { state: 'waiting', error: /STARTTLS/ });
  t.same(mails, []);
});

t.test('knows its templates only', async (t) => {
  await t.rejects(send(aLetter({ template: 'nobody.knows' })), { code: 'MAIL_ERR_UNKNOWN_TEMPLATE' });
  const content = Buffer.alloc(11 * 1024 * 1024);
  const large = aLetter({ attachments: [{ name: 'a', type: 'text/plain', content }] });
  await t.rejects(send(large), { code: 'MAIL_ERR_ATTACHMENTS' });
});

t.test('drops old mails after their time', async (t) => {
  await kernel.settings.platformSet('mail', { keepDays: 3 });
  await send(aLetter());
  await jobs.drain();
  clock.move(5 * 24 * 3_600_000);
  await jobs.drain();
  clock.move(5 * 24 * 3_600_000);
  const id = await send(aLetter());
  await jobs.drain();

  t.same(
    (await list()).map((mail) => mail.id),
    [id],
  );
});

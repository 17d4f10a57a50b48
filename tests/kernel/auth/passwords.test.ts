import t from 'tap';
import { createPasswords } from '../../../kernel/auth/passwords.ts';
import { createRandom } from '../../../kernel/clock.ts';
import { FROM, heard, HOUR, PASSWORD, refusalOf, startAuth, value } from './support.ts';

const NEXT = 'another quiet harbour';

t.test('refuses passwords that are short, common, or the address', async (t) => {
  const { weakness } = createPasswords({ random: createRandom() });
  const email = 'ada.lovelace@example.lu';

  t.same(
    [
      'short',
      'aaaaaaaaaaaa',
      'password123',
      '1234567890',
      'Qwertyuiop',
      email,
      'Ada.Lovelace',
      'x'.repeat(300),
    ].map((password) => weakness(password, email)),
    ['tooShort', 'common', 'common', 'common', 'common', 'isAddress', 'isAddress', 'tooLong'],
  );
  t.equal(weakness(PASSWORD, email), undefined);
});

t.test('takes a password in any unicode spelling, and hashes anew when the cost has changed', async (t) => {
  const random = createRandom();
  const light = createPasswords({ random, cost: { memory: 1024, passes: 1, parallelism: 1 } });
  const heavy = createPasswords({ random });
  const stored = await light.hash('cafe\u0301 on the quay');

  t.ok(await heavy.verify('café on the quay', stored), 'parameters are read from the text');
  t.notOk(await heavy.verify('cafe on the quay', stored));
  t.notOk(await heavy.verify('café on the quay', null));
  t.ok(heavy.isOutdated(stored));
  t.notOk(light.isOutdated(stored));
});

t.test('brings an old hash up to date at sign-in', async (t) => {
  const { auth, aUser, platform } = await startAuth(t);
  const { id, email } = await aUser();
  const old = createPasswords({ random: createRandom(), cost: { memory: 1024, passes: 1, parallelism: 1 } });
  await platform.query('update kernel.users set password_hash = $1', [await old.hash(PASSWORD)]);

  value(await auth.users.signIn({ email, password: PASSWORD, ...FROM }));

  const [user] = await platform.query<{ hash: string }>('select password_hash as hash from kernel.users');
  t.match(user?.hash, /m=19456,t=2/);
  t.ok(await auth.users.confirmPassword(id, PASSWORD));
});

t.test('changes a password for who knows the old one, and ends all other sessions', async (t) => {
  const { auth, aUser } = await startAuth(t);
  const user = await aUser();
  const [kept, other] = [await user.signIn(), await user.signIn()];
  const keepSessionId = (await auth.identities.userSession(kept.token))!.actor.sessionId;
  const change = (current: string, next: string) =>
    auth.users.changePassword({ userId: user.id, current, next, keepSessionId });

  t.equal(refusalOf(await change('not the right one', NEXT)), 'wrongPassword');
  t.match(await change(PASSWORD, 'short'), { refusal: 'weakPassword', details: { why: 'tooShort' } });
  value(await change(PASSWORD, NEXT));

  t.ok(await auth.identities.userSession(kept.token));
  t.equal(await auth.identities.userSession(other.token), undefined);
  t.ok(await auth.users.confirmPassword(user.id, NEXT));
});

t.test('does not let who holds a session guess the password', async (t) => {
  const { auth, aUser } = await startAuth(t);
  const user = await aUser();

  for (let turn = 0; turn < 5; turn += 1) await auth.users.confirmPassword(user.id, 'not the right one');

  t.equal(await auth.users.confirmPassword(user.id, PASSWORD), false);
});

t.test('resets a password once, by a link to the address on the platform', async (t) => {
  const { auth, another, aUser, linkToken, world } = await startAuth(t);
  const user = await aUser();
  const { token: session } = await user.signIn();
  const second = await another();
  await second.identities.userSession(session);

  await auth.users.requestPasswordReset(' ADA@example.lu');
  const token = await linkToken();
  t.match(world.mail, [
    {
      kind: 'password-reset',
      to: user.email,
      locale: 'en',
      link: `http://localhost:3000/account/reset?token=${token}`,
      expiresAt: new Date(world.now.getTime() + HOUR),
    },
  ]);

  t.equal(refusalOf(await auth.users.resetPassword({ token, password: 'short' })), 'weakPassword');
  const told = heard(second.changes, 'auth');
  const answers = await Promise.all([
    auth.users.resetPassword({ token, password: NEXT }),
    auth.users.resetPassword({ token, password: NEXT }),
  ]);

  t.same(answers.map(refusalOf).sort(), ['invalidToken', undefined]);
  await told;
  t.equal(await second.identities.userSession(session), undefined);
  t.ok(await auth.users.confirmPassword(user.id, NEXT));
});

t.test('ends reset links with time, with the address, and with a newer reset', async (t) => {
  const { auth, aUser, linkToken, pass } = await startAuth(t);
  const user = await aUser();
  const fresh = async () => {
    await auth.users.requestPasswordReset('ada@example.lu');
    return linkToken();
  };
  const reset = async (token: string) => refusalOf(await auth.users.resetPassword({ token, password: NEXT }));

  const old = await fresh();
  pass(HOUR);
  t.equal(await reset(old), 'invalidToken');

  const [one, two] = [await fresh(), await fresh()];
  t.equal(await reset(two), undefined);
  t.equal(await reset(one), 'invalidToken');

  const bound = await fresh();
  value(await auth.users.requestEmailChange({ userId: user.id, email: 'ada@new.lu', password: NEXT }));
  value(await auth.users.confirmEmailChange(await linkToken()));
  t.equal(await reset(bound), 'invalidToken');
});

t.test('ends a change of address that waits when the password is replaced', async (t) => {
  const { auth, aUser, linkToken, platform } = await startAuth(t);
  const user = await aUser();
  const openChange = async (password: string) => {
    value(await auth.users.requestEmailChange({ userId: user.id, email: 'thief@example.lu', password }));
    return linkToken();
  };
  const confirm = async (token: string) => refusalOf(await auth.users.confirmEmailChange(token));

  const beforeReset = await openChange(PASSWORD);
  await auth.users.requestPasswordReset(user.email);
  value(await auth.users.resetPassword({ token: await linkToken(), password: NEXT }));
  t.equal(await confirm(beforeReset), 'invalidToken');

  const beforeChange = await openChange(NEXT);
  value(await auth.users.changePassword({ userId: user.id, current: NEXT, next: PASSWORD }));
  t.equal(await confirm(beforeChange), 'invalidToken');

  const beforeDisabling = await openChange(PASSWORD);
  await auth.users.disable(user.id);
  await auth.users.enable(user.id);
  t.equal(await confirm(beforeDisabling), 'invalidToken');
  t.same(await platform.query('select email from kernel.users'), [{ email: user.email }]);
});

t.test('ends what an admin opened as somebody else with a change of the admin’s password', async (t) => {
  const { auth, aUser } = await startAuth(t);
  const [admin, user] = [await aUser('admin@example.lu', { isAdmin: true }), await aUser()];
  const reason = 'looks into a question of theirs';
  const asUser = value(await auth.users.impersonate({ adminId: admin.id, userId: user.id, reason, ...FROM }));
  t.ok(await auth.identities.userSession(asUser.token));

  value(await auth.users.changePassword({ userId: admin.id, current: PASSWORD, next: NEXT }));

  t.equal(await auth.identities.userSession(asUser.token), undefined);
});

t.test('does not let strangers fill a mailbox with links', async (t) => {
  const { auth, aUser, world } = await startAuth(t);
  const { email } = await aUser();

  for (let turn = 0; turn < 10; turn += 1) await auth.users.requestPasswordReset(email);
  await auth.deliverNotices();

  t.equal(world.mail.length, 3);
});

t.test('changes an address by a link to the new one, and tells the old one', async (t) => {
  const { auth, aUser, linkToken, world } = await startAuth(t);
  const user = await aUser();
  await aUser('grace@example.lu');
  const request = (email: string, password = PASSWORD) =>
    auth.users.requestEmailChange({ userId: user.id, email, password });

  t.equal(refusalOf(await request('ada@new.lu', 'not the right one')), 'wrongPassword');
  value(await request('grace@example.lu'));
  t.equal(refusalOf(await auth.users.confirmEmailChange(await linkToken())), 'emailTaken');

  value(await request('Ada@New.lu'));
  const token = await linkToken();
  value(await auth.users.confirmEmailChange(token));
  t.equal(refusalOf(await auth.users.confirmEmailChange(token)), 'invalidToken');
  await auth.deliverNotices();

  t.match(world.mail.slice(-2), [
    { kind: 'email-change', to: 'ada@new.lu', link: /^http:\/\/localhost:3000\/account\/email\?token=/ },
    { kind: 'email-changed', to: 'ada@example.lu' },
  ]);
  t.ok((await auth.users.signIn({ email: 'ada@new.lu', password: PASSWORD, ...FROM })).ok);
});

t.test('keeps one account for one address, however it is written', async (t) => {
  const { auth, aUser } = await startAuth(t);
  await aUser('ada@example.lu');

  const again = await auth.users.create({ email: ' ADA@example.lu ', name: 'Ada', password: PASSWORD });

  t.equal(refusalOf(again), 'emailTaken');
});

import t from 'tap';
import { DAY, FROM, HOUR, MINUTE, PASSWORD, refusalOf, startAuth, value } from './support.ts';

t.test('signs a user in and knows them by the token alone', async (t) => {
  const { auth, aUser } = await startAuth(t);
  const { id, email } = await aUser(' Ada@Example.LU ');

  const session = value(await auth.users.signIn({ email: 'ADA@example.lu', password: PASSWORD, ...FROM }));
  const known = await auth.identities.userSession(session.token);

  t.same(known?.actor, {
    kind: 'user',
    userId: id,
    email,
    isAdmin: false,
    sessionId: known?.actor.sessionId,
  });
  t.equal(email, 'ada@example.lu');
  t.equal(known?.csrfToken, session.csrfToken);
  t.equal(auth.users.csrfToken(session.token), session.csrfToken);
  t.not(value(await auth.users.signIn({ email, password: PASSWORD, ...FROM })).token, session.token);
  t.equal(await auth.identities.userSession('guessed'), undefined);
  t.equal(await auth.identities.userSession('x'.repeat(44)), undefined);
});

t.test('stores neither passwords nor tokens readable', async (t) => {
  const { aUser, platform } = await startAuth(t);
  const { token } = await (await aUser()).signIn();

  const [user] = await platform.query<{ password_hash: string }>('select password_hash from kernel.users');
  const [session] = await platform.query<{ all: string }>(
    'select s::text as all from kernel.user_sessions s',
  );

  t.match(user?.password_hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  t.notOk(session?.all.includes(token));
});

t.test('answers once warm without a query and without a promise', async (t) => {
  const { auth, aUser, world, inA, a } = await startAuth(t);
  const user = await aUser();
  value(await inA(() => auth.team.add({ userId: user.id, role: 'editor' })));
  const { token } = await user.signIn();
  await auth.identities.userSession(token);
  await auth.identities.permissions(a, user.id);
  const before = world.statements;

  const identity = auth.identities.userSession(token);
  const permissions = auth.identities.permissions(a, user.id);

  t.notOk(identity instanceof Promise);
  t.same(permissions, new Set(['notes.read', 'notes.write']));
  t.equal(world.statements, before);
});

t.test(
  'gives the same refusal, in the same number of statements, to known and unknown addresses',
  async (t) => {
    const { auth, aUser, world } = await startAuth(t);
    await aUser('known@example.lu');
    const attempt = async (email: string) => {
      const before = world.statements;
      const result = await auth.users.signIn({ email, password: 'not the right one', ...FROM });
      return { result, statements: world.statements - before };
    };

    const known = await attempt('known@example.lu');
    t.same(known, await attempt('unknown@example.lu'));
    t.equal(refusalOf(known.result), 'wrongCredentials');

    const before = world.statements;
    await auth.users.requestPasswordReset('known@example.lu');
    const forKnown = world.statements - before;
    await auth.users.requestPasswordReset('unknown@example.lu');
    t.equal(world.statements - before - forKnown, forKnown);
    t.equal(await auth.deliverNotices(), 2);
    t.same(
      world.mail.map(({ to }) => to),
      ['known@example.lu'],
    );
  },
);

t.test(
  'locks out after five guesses from one place, remembers it after a restart, and lets go in time',
  async (t) => {
    const { auth, another, aUser, pass } = await startAuth(t);
    const { email } = await aUser();
    const guess = (part = auth, password = 'not the right one', ip = FROM.ip) =>
      part.users.signIn({ email, password, ip, userAgent: 'x' });

    for (let turn = 0; turn < 5; turn += 1) t.equal(refusalOf(await guess()), 'wrongCredentials');
    t.equal(refusalOf(await guess(auth, PASSWORD)), 'lockedOut');
    const restarted = await another();
    t.equal(refusalOf(await guess(restarted, PASSWORD)), 'lockedOut');
    t.ok((await guess(restarted, PASSWORD, '203.0.113.9')).ok, 'the owner is not shut out elsewhere');

    pass(31_000);
    t.equal(refusalOf(await guess(restarted)), 'wrongCredentials');
    pass(31_000);
    t.equal(refusalOf(await guess(restarted, PASSWORD)), 'lockedOut', 'the wait has grown');
    pass(MINUTE);
    t.ok((await guess(restarted, PASSWORD)).ok);
  },
);

t.test('gives a hundred guesses at once no more than five in a row', async (t) => {
  const { auth, aUser } = await startAuth(t);
  const { email } = await aUser();

  const guesses = Array.from({ length: 30 }, () =>
    auth.users.signIn({ email, password: 'not the right one', ...FROM }),
  );
  const refusals = (await Promise.all(guesses)).map(refusalOf);

  t.equal(refusals.filter((refusal) => refusal === 'wrongCredentials').length, 5);
  t.equal(refusals.filter((refusal) => refusal === 'lockedOut').length, 25);
});

t.test('locks an account that is guessed at from many places, and tells its owner', async (t) => {
  const { auth, aUser, world } = await startAuth(t);
  const { email } = await aUser();
  const guess = (place: number, password = 'not the right one') =>
    auth.users.signIn({ email, password, ip: `203.0.113.${place}`, userAgent: 'x' });

  for (let place = 1; place <= 20; place += 1) await guess(place);

  t.equal(refusalOf(await guess(99, PASSWORD)), 'lockedOut');
  await auth.deliverNotices();
  t.same(
    world.mail.map(({ kind, to }) => [kind, to]),
    [['locked-out', email]],
  );
});

t.test('forgets a session that is idle or old, and keeps one that is used', async (t) => {
  const { auth, aUser, pass } = await startAuth(t);
  const user = await aUser();
  const idle = await user.signIn();
  const used = await user.signIn();

  pass(10 * DAY);
  t.ok(await auth.identities.userSession(used.token));
  pass(5 * DAY);
  t.equal(await auth.identities.userSession(idle.token), undefined);
  for (let day = 15; day < 90; day += 5) {
    t.ok(await auth.identities.userSession(used.token), `day ${day}`);
    pass(5 * DAY);
  }
  t.equal(await auth.identities.userSession(used.token), undefined, 'day 90');
});

t.test('writes the time of last use at most every five minutes', async (t) => {
  const { auth, aUser, pass, world } = await startAuth(t);
  const { token } = await (await aUser()).signIn();
  await auth.identities.userSession(token);

  const before = world.statements;
  pass(4 * MINUTE);
  auth.identities.userSession(token);
  t.equal(world.statements - before, 0);
  pass(2 * MINUTE);
  auth.identities.userSession(token);
  auth.identities.userSession(token);
  t.equal(world.statements - before, 1);
});

t.test('asks for the second step after the right password only, and counts wrong answers', async (t) => {
  const { auth, aUser, world } = await startAuth(t);
  const { email } = await aUser();
  const used: unknown[] = [];
  world.challenges.push({
    name: 'totp',
    isRequired: async () => true,
    check: async (_, { code }) => used.push(code) > 0 && code === '123456',
  });
  const signIn = (password: string, challenges?: Record<string, Record<string, unknown>>) =>
    auth.users.signIn({ email, password, ...FROM, ...(challenges ? { challenges } : {}) });

  t.equal(refusalOf(await signIn('not the right one', { totp: { code: '123456' } })), 'wrongCredentials');
  t.same(used, []);
  for (let turn = 0; turn < 8; turn += 1) {
    t.match(await signIn(PASSWORD), { refusal: 'challengeRequired', details: { challenges: ['totp'] } });
  }
  for (let turn = 0; turn < 3; turn += 1) {
    t.equal(refusalOf(await signIn(PASSWORD, { totp: { code: '000000' } })), 'challengeFailed');
  }
  t.ok((await signIn(PASSWORD, { totp: { code: '123456' } })).ok);
  for (let turn = 0; turn < 5; turn += 1) await signIn(PASSWORD, { totp: { code: '000000' } });
  t.equal(refusalOf(await signIn(PASSWORD, { totp: { code: '123456' } })), 'lockedOut');
});

t.test(
  'lets nobody in by the password alone while nothing that runs can ask for their second step',
  async (t) => {
    const { auth, aUser, world } = await startAuth(t);
    const { id, email } = await aUser();
    const bob = await aUser('bob@example.lu');
    const signIn = (challenges?: Record<string, Record<string, unknown>>, password = PASSWORD) =>
      auth.users.signIn({ email, password, ...FROM, ...(challenges ? { challenges } : {}) });
    const shut = {
      refusal: 'challengeRequired',
      details: { challenges: [], unavailable: ['totp'] },
    };
    await auth.users.needChallenge(id, 'totp', true);
    await auth.users.needChallenge(id, 'totp', true);

    t.match(await signIn(), shut);
    t.match(await signIn({ totp: { code: '123456' } }), shut);
    t.ok(await bob.signIn());
    world.challenges.push({
      name: 'totp',
      isRequired: async () => false,
      check: async (_, { code }) => code === '123456',
    });
    t.match(
      await signIn(),
      { details: { challenges: ['totp'], unavailable: [] } },
      'what is remembered counts',
    );
    t.equal(refusalOf(await signIn({ totp: { code: '000000' } })), 'challengeFailed');
    t.ok((await signIn({ totp: { code: '123456' } })).ok);
    world.challenges.length = 0;
    value(await auth.setPassword({ email, password: 'another quiet harbour' }));
    t.match(await signIn(undefined, 'another quiet harbour'), shut, 'a new password alone opens nothing');
    await auth.users.needChallenge(id, 'totp', false);
    t.ok((await signIn(undefined, 'another quiet harbour')).ok);
  },
);

t.test('lets an operator take the second step from a person, whether its plugin runs or not', async (t) => {
  const { auth, aUser, world } = await startAuth(t);
  const { id, email, signIn } = await aUser();
  const reset = () => auth.setPassword({ email, password: PASSWORD, withoutSecondStep: true });
  await auth.users.needChallenge(id, 'totp', true);

  value(await reset());
  t.ok(await signIn());

  const enrolled = new Set([id]);
  world.challenges.push({
    name: 'totp',
    isRequired: async (userId) => enrolled.has(userId),
    check: async () => false,
    forget: async (userId) => void enrolled.delete(userId),
  });
  t.equal(refusalOf(await auth.users.signIn({ email, password: PASSWORD, ...FROM })), 'challengeRequired');
  value(await reset());
  t.ok(await signIn());
});

t.test('tells of a sign-in from a place and a program never seen', async (t) => {
  const { auth, aUser, world } = await startAuth(t);
  const user = await aUser();
  await user.signIn();
  await user.signIn();

  value(
    await auth.users.signIn({ email: user.email, password: PASSWORD, ip: '203.0.113.50', userAgent: 'curl' }),
  );

  await auth.deliverNotices();
  t.same(
    world.mail.map(({ kind }) => kind),
    ['new-sign-in'],
  );
});

t.test('sweeps away what has ended', async (t) => {
  const { auth, aUser, pass, platform } = await startAuth(t);
  const user = await aUser();
  await user.signIn();
  await auth.users.requestPasswordReset(user.email);
  await auth.users.signIn({ email: 'who@example.lu', password: 'not the right one', ...FROM });

  pass(15 * DAY + HOUR);
  await auth.sweep();

  const left = await platform.query(
    `select (select count(*) from kernel.user_sessions) + (select count(*) from kernel.user_tokens)
          + (select count(*) from kernel.sign_in_attempts) as rows`,
  );
  t.same(left, [{ rows: 0 }]);
});

import t from 'tap';
import { asUserOf, FROM, heard, PASSWORD, refusalOf, startAuth, value } from './support.ts';

t.test('refuses an ended session at once, on a second node too', async (t) => {
  const { auth, another, aUser } = await startAuth(t);
  const user = await aUser();
  const { token } = await user.signIn();
  const second = await another();
  const here = await auth.identities.userSession(token);
  t.same(await second.identities.userSession(token), here);
  t.notOk(second.identities.userSession(token) instanceof Promise, 'the second node has it in memory');

  const told = heard(second.changes, 'auth');
  await auth.users.signOut(here!.actor.sessionId);

  t.equal(await auth.identities.userSession(token), undefined);
  await told;
  t.equal(await second.identities.userSession(token), undefined);
});

t.test('does not trust memory while changes are not heard', async (t) => {
  const { auth, another, aUser } = await startAuth(t);
  const { token } = await (await aUser()).signIn();
  const second = await another();
  const known = await second.identities.userSession(token);

  await second.changes.close();
  await auth.users.signOut(known!.actor.sessionId);

  t.equal(await second.identities.userSession(token), undefined);
});

t.test('lists sessions, ends one of them, and all but the current one', async (t) => {
  const { auth, aUser } = await startAuth(t);
  const user = await aUser();
  const other = await aUser('grace@example.lu');
  const sessions = [await user.signIn(), await user.signIn(), await user.signIn()];
  const ids = await Promise.all(
    sessions.map(async ({ token }) => (await auth.identities.userSession(token))!.actor.sessionId),
  );
  const isAlive = async () =>
    Promise.all(sessions.map(async ({ token }) => (await auth.identities.userSession(token)) !== undefined));

  const [current, ...others] = await auth.users.sessions(user.id, ids[0]);
  t.equal([current, ...others].filter((session) => session?.isCurrent).length, 1);
  t.match(current, { ip: FROM.ip, userAgent: FROM.userAgent });

  t.equal(refusalOf(await auth.users.endSession(other.id, ids[1]!)), 'notFound', 'not of somebody else');
  value(await auth.users.endSession(user.id, ids[1]!));
  t.same(await isAlive(), [true, false, true]);
  t.equal(await auth.users.endAllSessions(user.id, ids[0]), 1);
  t.same(await isAlive(), [true, false, false]);
});

t.test(
  'ends everything of a disabled user at once: sessions, keys, links, and what they do as somebody else',
  async (t) => {
    const { auth, aUser, inA, a, world } = await startAuth(t);
    const admin = await aUser('admin@example.lu', { isAdmin: true });
    const user = await aUser();
    const own = await admin.signIn();
    const asUser = value(
      await auth.users.impersonate({
        adminId: admin.id,
        userId: user.id,
        reason: 'a call about missing notes',
        ...FROM,
      }),
    );
    value(await inA(() => auth.team.add({ userId: admin.id, role: 'editor' })));
    const key = await inA(async () => {
      const make = () => auth.team.createApiKey({ name: 'Till', scopes: ['notes.read'] });
      return value(await asUserOf(admin, make));
    });
    t.ok(await auth.identities.userSession(own.token));
    t.ok(await auth.identities.userSession(asUser.token));
    t.equal((await auth.identities.apiKey(key.secret))?.storeId, a.ref.id);

    await auth.users.disable(admin.id);

    t.equal(await auth.identities.userSession(own.token), undefined);
    t.equal(await auth.identities.userSession(asUser.token), undefined);
    t.equal(await auth.identities.apiKey(key.secret), undefined);
    t.equal(
      refusalOf(await auth.users.signIn({ email: admin.email, password: PASSWORD, ...FROM })),
      'disabled',
    );
    t.equal(
      refusalOf(await auth.users.signIn({ email: admin.email, password: 'not the right one', ...FROM })),
      'wrongCredentials',
      'only who knows the password learns that',
    );
    await auth.users.requestPasswordReset(admin.email);
    await auth.deliverNotices();
    t.same(world.mail, []);

    await auth.users.enable(admin.id);
    t.ok((await auth.users.signIn({ email: admin.email, password: PASSWORD, ...FROM })).ok);
  },
);

t.test('lets an admin act as a user with a reason, for an hour, under both names', async (t) => {
  const { auth, aUser, pass, platform } = await startAuth(t);
  const admin = await aUser('admin@example.lu', { isAdmin: true });
  const peer = await aUser('peer@example.lu', { isAdmin: true });
  const user = await aUser();
  const reason = 'a call about missing notes';
  const impersonate = async (adminId: number, userId: number, why = reason) =>
    refusalOf(await auth.users.impersonate({ adminId, userId, reason: why, ...FROM }));

  t.equal(await impersonate(admin.id, user.id, ' support  '), 'reasonMissing');
  t.equal(await impersonate(admin.id, peer.id), 'notAllowed');
  t.equal(await impersonate(user.id, admin.id), 'notAllowed');
  t.equal(await impersonate(admin.id, 4711), 'notFound');

  const session = value(
    await auth.users.impersonate({ adminId: admin.id, userId: user.id, reason, ...FROM }),
  );
  const actor = (await auth.identities.userSession(session.token))?.actor;
  t.match(actor, { userId: user.id, isAdmin: false, impersonation: { adminId: admin.id, reason } });
  t.same(await platform.query('select admin_id, user_id, reason from kernel.impersonations'), [
    { admin_id: admin.id, user_id: user.id, reason },
  ]);
  for (const statement of [
    "update kernel.impersonations set reason = ''",
    'delete from kernel.impersonations',
  ]) {
    await t.rejects(platform.query(statement), /permission denied/, 'what was recorded stays');
  }

  pass(3_600_000);
  t.equal(await auth.identities.userSession(session.token), undefined);
});

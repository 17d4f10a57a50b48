import t from 'tap';
import {
  asUserOf,
  DAY,
  MANIFESTS,
  PASSWORD,
  refusalOf,
  startAuth,
  value,
  WITH_TEAM_LIMIT,
} from './support.ts';

t.test('gives each role what running plugins declare for it', async (t) => {
  const { auth, aUser, inA, a, b } = await startAuth(t);
  const held = async (role: string) => {
    const user = await aUser(`${role}@example.lu`);
    value(await inA(() => auth.team.add({ userId: user.id, role })));
    t.equal(await auth.identities.permissions(b, user.id), undefined, 'nothing in another store');
    return [...(await auth.identities.permissions(a, user.id))!];
  };

  t.same(await held('owner'), ['notes.read', 'notes.write', 'books.close']);
  t.same(await held('manager'), ['notes.read', 'notes.write']);
  t.same(await held('accountant'), ['books.close']);
  t.same(await held('read-only'), ['notes.read']);
  t.same(await held('fulfilment'), []);
});

t.test('follows plugins that come and go', async (t) => {
  const { auth, aUser, inA, a } = await startAuth(t);
  const user = await aUser();
  value(await inA(() => auth.team.add({ userId: user.id, role: 'owner' })));
  await auth.identities.permissions(a, user.id);

  auth.declare(MANIFESTS.slice(1));
  t.same(await auth.identities.permissions(a, user.id), new Set(['books.close']));

  const [notes] = MANIFESTS;
  t.throws(() => auth.declare([notes!, { ...notes!, id: 'copy' }]), {
    code: 'KERNEL_ERR_PERMISSION_TWICE',
    message: /'notes\.read' is declared by the plugins 'notes' and 'copy'/,
  });
  t.same(await auth.identities.permissions(a, user.id), new Set(['books.close']), 'the old ones stand');
});

t.test('keeps roles of a store’s own, of declared permissions only', async (t) => {
  const { auth, aUser, inA, inB, a, world } = await startAuth(t);
  const user = await aUser();
  const role = { code: 'night-shift', title: 'Night shift', permissions: ['notes.read'] };
  const save = (change: Partial<typeof role>) => inA(() => auth.team.saveRole({ ...role, ...change }));

  t.match(await save({ permissions: ['notes.burn'] }), {
    refusal: 'unknownPermission',
    details: { unknown: ['notes.burn'] },
  });
  t.equal(refusalOf(await save({ code: 'owner' })), 'presetRole');
  value(await save({}));
  t.same((await inA(() => auth.team.roles())).at(-1), { ...role, isPreset: false });
  t.notOk((await inB(() => auth.team.roles())).some(({ code }) => code === role.code));
  t.equal(refusalOf(await inB(() => auth.team.add({ userId: user.id, role: role.code }))), 'unknownRole');

  value(await inA(() => auth.team.add({ userId: user.id, role: role.code })));
  t.same(await auth.identities.permissions(a, user.id), new Set(['notes.read']));
  value(await save({ permissions: ['notes.read', 'notes.write'] }));
  t.same(await auth.identities.permissions(a, user.id), new Set(['notes.read', 'notes.write']));

  t.equal(refusalOf(await inA(() => auth.team.removeRole(role.code))), 'inUse');
  value(await inA(() => auth.team.changeRole(user.id, 'editor')));
  value(await inA(() => auth.team.removeRole(role.code)));
  t.equal(refusalOf(await inA(() => auth.team.removeRole(role.code))), 'notFound');
  t.same(
    (await auth.users.memberships(user.id)).map(({ storeId, role }) => [storeId, role]),
    [[a.ref.id, 'editor']],
  );
  t.same(world.mail, []);
});

t.test('never loses the last owner, even when two leave at once', async (t) => {
  const { auth, aUser, inA } = await startAuth(t);
  const [ada, grace] = [await aUser(), await aUser('grace@example.lu')];
  for (const { id } of [ada, grace]) value(await inA(() => auth.team.add({ userId: id, role: 'owner' })));

  const left = await Promise.all([
    inA(() => auth.team.remove(ada.id)),
    inA(() => auth.team.changeRole(grace.id, 'editor')),
  ]);

  t.same(left.map(refusalOf).sort(), ['lastOwner', undefined]);
  const owners = (await inA(() => auth.team.members())).filter(({ role }) => role === 'owner');
  t.equal(owners.length, 1);
});

t.test('takes back rights on every node when somebody leaves', async (t) => {
  const { auth, another, aUser, inA, a } = await startAuth(t);
  const [ada, grace] = [await aUser(), await aUser('grace@example.lu')];
  for (const { id } of [ada, grace]) value(await inA(() => auth.team.add({ userId: id, role: 'owner' })));
  const second = await another();
  await second.identities.permissions(a, grace.id);

  const told = new Promise((resolve) => second.changes.on('auth', resolve));
  value(await inA(() => auth.team.remove(grace.id)));

  t.equal(await auth.identities.permissions(a, grace.id), undefined);
  await told;
  t.equal(await second.identities.permissions(a, grace.id), undefined);
});

t.test('ends the invitations and keys of who leaves, who gets neither back with a new place', async (t) => {
  const { auth, aUser, inA, linkToken } = await startAuth(t);
  const [owner, maker] = [await aUser(), await aUser('grace@example.lu')];
  value(await inA(() => auth.team.add({ userId: owner.id, role: 'owner' })));
  value(await inA(() => auth.team.add({ userId: maker.id, role: 'manager' })));
  const email = 'friend@example.lu';
  value(await inA(() => auth.team.invite({ email, role: 'manager', invitedBy: maker.id })));
  const token = await linkToken();
  const { secret } = await inA(async () =>
    value(await asUserOf(maker, () => auth.team.createApiKey({ name: 'Till', scopes: ['notes.read'] }))),
  );

  value(await inA(() => auth.team.remove(maker.id)));
  value(await inA(() => auth.team.add({ userId: maker.id, role: 'read-only' })));

  t.equal(refusalOf(await auth.team.acceptInvitation({ token, password: PASSWORD })), 'invalidToken');
  t.equal(await auth.identities.apiKey(secret), undefined);
});

t.test('invites a new person, who gives a name and a password', async (t) => {
  const { auth, aUser, inA, a, linkToken, world, pass } = await startAuth(t);
  const owner = await aUser();
  const invite = (email: string, role = 'editor') =>
    inA(() => auth.team.invite({ email, role, invitedBy: owner.id }));

  t.equal(refusalOf(await invite('grace@example.lu', 'queen')), 'unknownRole');
  value(await invite('Grace@example.lu'));
  const token = await linkToken();
  t.match(world.mail, [
    {
      kind: 'invitation',
      to: 'grace@example.lu',
      storeName: 'Store a',
      link: `http://localhost:3000/account/invitation?token=${token}`,
    },
  ]);
  t.ok(token.startsWith(`i_${a.ref.id}_`));

  const accept = (password: string) => auth.team.acceptInvitation({ token, name: 'Grace', password });
  t.equal(refusalOf(await accept('short')), 'weakPassword');
  const joined = value(await accept(PASSWORD));
  t.match(joined, { storeHandle: 'a', user: { email: 'grace@example.lu', name: 'Grace' } });
  t.equal(refusalOf(await accept(PASSWORD)), 'invalidToken');
  t.match(await inA(() => auth.team.members()), [{ userId: joined.user.id, role: 'editor' }]);
  t.equal(refusalOf(await invite('grace@example.lu')), 'alreadyMember');

  value(await invite('late@example.lu'));
  const late = await linkToken();
  pass(7 * DAY);
  t.equal(refusalOf(await auth.team.acceptInvitation({ token: late, password: PASSWORD })), 'invalidToken');
});

t.test('invites a known person, who proves to be that person', async (t) => {
  const { auth, aUser, inA, inB, linkToken } = await startAuth(t);
  const [owner, grace] = [await aUser(), await aUser('grace@example.lu')];
  const invitation = value(
    await inA(() => auth.team.invite({ email: grace.email, role: 'editor', invitedBy: owner.id })),
  );
  const token = await linkToken();
  const accept = (password: string) => auth.team.acceptInvitation({ token, password });

  t.equal(refusalOf(await accept('not the right one')), 'wrongPassword');
  t.equal(refusalOf(await inB(() => auth.team.withdrawInvitation(invitation.id))), 'notFound');
  t.same(
    (await inA(() => auth.team.invitations())).map(({ email }) => email),
    [grace.email],
  );
  t.equal(value(await accept(PASSWORD)).user.id, grace.id);
  t.same(await inA(() => auth.team.invitations()), []);

  value(await inA(() => auth.team.invite({ email: 'x@example.lu', role: 'editor', invitedBy: owner.id })));
  const [open] = await inA(() => auth.team.invitations());
  value(await inA(() => auth.team.withdrawInvitation(open!.id)));
  t.equal(
    refusalOf(await auth.team.acceptInvitation({ token: await linkToken(), password: PASSWORD })),
    'invalidToken',
  );
});

t.test('keeps the team within the limit that a plugin declares', async (t) => {
  const { auth, aUser, inA, linkToken, world } = await startAuth(t);
  auth.declare(WITH_TEAM_LIMIT);
  world.limits.set('team.members', { used: 0, max: 2 });
  const [owner, other] = [await aUser(), await aUser('other@example.lu')];
  value(await inA(() => auth.team.add({ userId: owner.id, role: 'owner' })));

  const invite = (email: string) =>
    inA(() => auth.team.invite({ email, role: 'editor', invitedBy: owner.id }));
  value(await invite('grace@example.lu'));
  const token = await linkToken();
  t.equal(refusalOf(await invite('third@example.lu')), 'limitReached', 'an invitation holds a place');

  value(await inA(() => auth.team.add({ userId: other.id, role: 'editor' })));
  t.equal(refusalOf(await auth.team.acceptInvitation({ token, password: PASSWORD })), 'limitReached');
  value(await inA(() => auth.team.remove(other.id)));
  value(await auth.team.acceptInvitation({ token, password: PASSWORD }));
  t.same(world.limits.get('team.members'), { used: 2, max: 2 });
});

t.test('gives keys of a store their scopes, until they expire or are revoked', async (t) => {
  const { auth, another, inA, inB, a, pass, world } = await startAuth(t);
  const create = (scopes: string[], expiresAt?: Date) =>
    inA(() => auth.team.createApiKey({ name: 'Till', scopes, ...(expiresAt ? { expiresAt } : {}) }));

  t.equal(refusalOf(await create(['notes.burn'])), 'unknownPermission');
  const key = value(await create(['notes.read']));
  const short = value(await create(['notes.read'], new Date(world.now.getTime() + DAY)));
  t.same(await auth.identities.apiKey(key.secret), {
    actor: { kind: 'apiKey', keyId: key.id, name: 'Till', scopes: ['notes.read'] },
    storeId: a.ref.id,
  });
  t.ok(await auth.identities.apiKey(short.secret));
  t.equal(await auth.identities.apiKey(key.secret.replace(/^k_\d+/, 'k_999')), undefined);
  t.notOk(JSON.stringify(await inA(() => auth.team.apiKeys())).includes(key.secret));

  pass(DAY);
  t.equal(await auth.identities.apiKey(short.secret), undefined);

  const second = await another();
  await second.identities.apiKey(key.secret);
  const told = new Promise((resolve) => second.changes.on('auth', resolve));
  t.equal(refusalOf(await inB(() => auth.team.revokeApiKey(key.id))), 'notFound');
  value(await inA(() => auth.team.revokeApiKey(key.id)));
  t.equal(await auth.identities.apiKey(key.secret), undefined);
  await told;
  t.equal(await second.identities.apiKey(key.secret), undefined);
});

t.test('lets a key do no more than its maker can do now', async (t) => {
  const { auth, aUser, inA } = await startAuth(t);
  const [owner, maker] = [await aUser(), await aUser('grace@example.lu')];
  value(await inA(() => auth.team.add({ userId: owner.id, role: 'owner' })));
  value(await inA(() => auth.team.add({ userId: maker.id, role: 'manager' })));
  const scopes = ['notes.read', 'notes.write'];
  const { secret } = await inA(async () =>
    value(await asUserOf(maker, () => auth.team.createApiKey({ name: 'Till', scopes }))),
  );
  const held = async () => (await auth.identities.apiKey(secret))?.actor.scopes;

  t.same(await held(), scopes);
  value(await inA(() => auth.team.changeRole(maker.id, 'read-only')));
  t.same(await held(), ['notes.read']);
  auth.declare(MANIFESTS.slice(1));
  t.same(await held(), []);
  auth.declare(MANIFESTS);
  value(await inA(() => auth.team.remove(maker.id)));
  t.equal(await held(), undefined);
});

t.test('needs a store to be asked about one', async (t) => {
  const { auth } = await startAuth(t);

  await t.rejects(auth.team.members(), { code: 'KERNEL_ERR_AUTH_WITHOUT_STORE' });
});

import t from 'tap';
import { startTestKernel, type TestKernel } from 'kontor/sdk/testing';

const A = '/api/stores/store-a/team';
const B = '/api/stores/store-b/team';

t.test('shows the team to who may see it, and to nobody of another store', async (t) => {
  const { member, owner, stranger, anonymous } = await start(t);
  const [ada, reader] = [await owner('a'), await member('a', 'read-only')];
  const outsider = await owner('b');

  const { members, limit } = (await ada.get(`${A}/members`)).body;
  t.same(
    members.map(({ userId, role }: { userId: number; role: string }) => [userId, role]),
    [
      [ada.userId, 'owner'],
      [reader.userId, 'read-only'],
    ],
  );
  t.same(limit, { used: 2, max: null });
  t.match((await reader.get(`${A}/me`)).body, { role: 'read-only', permissions: ['team.read'] });
  t.equal((await reader.get(`${A}/api-keys`)).status, 403);
  t.equal((await anonymous().get(`${A}/members`)).status, 401);
  for (const other of [outsider, await stranger()]) {
    t.equal((await other.get(`${A}/members`)).status, 404);
    t.equal((await other.get(`${A}/me`)).status, 404);
  }
});

t.test('refuses ids of another store as if they were none', async (t) => {
  const { owner } = await start(t);
  const [ada, other] = [await owner('a'), await owner('b')];
  const key = (await ada.post(`${A}/api-keys`, { name: 'Till', scopes: ['team.read'] })).body;
  const invitation = (await ada.post(`${A}/invitations`, { email: 'x@example.lu', role: 'editor' })).body;

  t.equal((await other.delete(`${B}/api-keys/${key.id}`)).status, 404);
  t.equal((await other.delete(`${B}/invitations/${invitation.id}`)).status, 404);
  t.equal((await other.delete(`${B}/members/${ada.userId}`)).status, 404);
  t.equal((await other.patch(`${B}/members/${ada.userId}`, { role: 'editor' })).status, 404);
});

t.test('changes roles and members, but never the last owner', async (t) => {
  const { member, owner } = await start(t);
  const [ada, editor] = [await owner('a'), await member('a', 'editor')];

  t.match(await ada.post(`${A}/leave`), { status: 409, body: { code: 'lastOwner' } });
  t.equal((await ada.patch(`${A}/members/${editor.userId}`, { role: 'queen' })).status, 422);
  t.equal((await ada.patch(`${A}/members/${editor.userId}`, { role: 'owner' })).status, 204);
  t.match((await editor.get(`${A}/me`)).body, { role: 'owner' });
  t.equal((await ada.post(`${A}/leave`)).status, 204);
  t.equal((await ada.get(`${A}/me`)).status, 404);
  t.match(await editor.delete(`${A}/members/${editor.userId}`), { status: 409 });
});

t.test('lets nobody reach beyond their own role', async (t) => {
  const { member, owner } = await start(t);
  const [ada, manager] = [await owner('a'), await member('a', 'manager')];
  const editor = await member('a', 'editor');
  const clerk = { title: 'Clerk', permissions: ['team.read', 'team.manage'] };
  t.equal((await ada.put(`${A}/roles/clerk`, clerk)).status, 200);
  t.equal((await ada.patch(`${A}/members/${manager.userId}`, { role: 'clerk' })).status, 204);

  const beyond = { status: 403, body: { code: 'beyondYourRole' } };
  t.match(await manager.patch(`${A}/members/${manager.userId}`, { role: 'owner' }), beyond);
  t.match(await manager.patch(`${A}/members/${editor.userId}`, { role: 'manager' }), beyond);
  t.match(await manager.delete(`${A}/members/${ada.userId}`), beyond);
  t.match(await manager.post(`${A}/invitations`, { email: 'x@example.lu', role: 'owner' }), beyond);
  t.match(await manager.put(`${A}/roles/more`, { title: 'More', permissions: ['team.api_keys'] }), beyond);
  t.equal((await manager.patch(`${A}/members/${editor.userId}`, { role: 'read-only' })).status, 204);
});

t.test('keeps own roles to stores whose tier has them', async (t) => {
  const { kernel, owner, stores } = await start(t);
  const ada = await owner('a');
  const clerk = { title: 'Clerk', permissions: ['team.read'] };

  t.match((await ada.put(`${A}/roles/clerk`, clerk)).body, { code: 'clerk', isPreset: false });
  t.equal((await ada.put(`${A}/roles/owner`, clerk)).status, 409);
  t.equal((await ada.delete(`${A}/roles/clerk`)).status, 204);
  t.equal((await ada.get(`${A}/roles`)).body.roles.length, 6);

  await kernel.features.setMerchantTier(stores.a.merchantId, 'essential');
  t.match(await ada.put(`${A}/roles/clerk`, clerk), {
    status: 403,
    body: { code: 'KERNEL_ERR_FEATURE_OFF' },
  });
});

t.test('keeps the team within the limit of the tier', async (t) => {
  const { kernel, owner, member, stores } = await start(t);
  await kernel.features.setMerchantTier(stores.a.merchantId, 'professional');
  const ada = await owner('a');
  await member('a', 'editor');
  const invite = (email: string) => ada.post(`${A}/invitations`, { email, role: 'editor' });

  t.match((await ada.get(`${A}/members`)).body, { limit: { used: 2, max: 3 } });
  const invited = await invite('third@example.lu');
  t.equal(invited.status, 201);
  t.match(await invite('fourth@example.lu'), { status: 409, body: { code: 'limitReached' } });
  t.equal((await ada.delete(`${A}/invitations/${invited.body.id}`)).status, 204);
  t.equal((await invite('fourth@example.lu')).status, 201);
  t.match((await ada.get(`${A}/invitations`)).body, { invitations: [{ email: 'fourth@example.lu' }] });
});

t.test('gives keys that can do what they are for, in their store, and nothing else', async (t) => {
  const { anonymous, owner, clock } = await start(t);
  const ada = await owner('a');
  const expiresAt = new Date(clock.now().getTime() + 3_600_000).toISOString();
  const create = (scopes: string[]) => ada.post(`${A}/api-keys`, { name: 'Till', scopes, expiresAt });

  t.match(await create(['notes.burn']), { status: 403 }, 'nobody holds it');
  const made = await create(['team.read', 'team.manage', 'team.api_keys']);
  t.match(made, { status: 201, headers: { 'cache-control': 'no-store' }, body: { secret: /^k_\d+_/ } });
  const key = { authorization: `Bearer ${made.body.secret}` };
  const ask = (path: string) => anonymous().get(path, undefined, key);

  t.equal((await ask(`${A}/members`)).status, 200);
  t.equal((await ask(`${B}/members`)).status, 404);
  t.equal((await ask(`${A}/me`)).status, 403);
  t.equal(
    (await anonymous().post(`${A}/api-keys`, { name: 'More', scopes: ['team.read'] }, key)).status,
    403,
  );
  t.equal(
    (await anonymous().post(`${A}/invitations`, { email: 'x@example.lu', role: 'editor' }, key)).status,
    403,
  );
  t.notMatch(JSON.stringify((await ada.get(`${A}/api-keys`)).body), /secret/);

  clock.move(3_600_000);
  t.equal((await ask(`${A}/members`)).status, 401);
  t.equal((await ada.delete(`${A}/api-keys/${made.body.id}`)).status, 204);
  t.equal((await ada.delete(`${A}/api-keys/${made.body.id}`)).status, 404);
});

t.test('makes nothing that outlives an hour of an admin as somebody else', async (t) => {
  const { admin, owner, anonymous, kernel } = await start(t);
  const [ada, helper] = [await owner('a'), await admin()];
  const reason = 'looks into a question of theirs';
  const from = { ip: '127.0.0.1', userAgent: 'test' };
  const asAda = await kernel.auth.users.impersonate({
    adminId: helper.userId,
    userId: ada.userId,
    reason,
    ...from,
  });
  if (!asAda.ok) throw new Error(asAda.refusal);
  const { token, csrfToken } = asAda.value;
  const headers = {
    cookie: `${kernel.http.sessionCookies.platform}=${token}`,
    origin: kernel.config.http.platformOrigin,
    'x-csrf-token': csrfToken,
  };
  const post = (path: string, body: object) => anonymous().post(`${A}${path}`, body, headers);

  t.equal((await anonymous().get(`${A}/members`, undefined, headers)).status, 200);
  const refused = { status: 403, body: { code: 'personNeeded' } };
  t.match(await post('/api-keys', { name: 'Till', scopes: ['team.read'] }), refused);
  t.match(await post('/invitations', { email: 'x@example.lu', role: 'editor' }), refused);
});

function start(t: Parameters<typeof startTestKernel>[0]): Promise<TestKernel> {
  return startTestKernel(t, { plugins: ['team'], until: 'control' });
}

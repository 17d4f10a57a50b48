import t from 'tap';
import { type Answer, startTestKernel, type TestKernel } from 'kontor/sdk/testing';

const PASSWORD = 'quiet harbour morning';
const NEXT = 'another quiet harbour';
const email = 'ada@example.lu';

t.test('signs in, says who is there, and signs out', async (t) => {
  const { anonymous, stores, ...world } = await start(t);
  await aUser(world);

  const wrong = await anonymous().post('/api/account/sign-in', { email, password: 'not the right one' });
  t.match(wrong, { status: 401, body: { code: 'wrongCredentials' } });
  const signedIn = await anonymous().post('/api/account/sign-in', { email, password: PASSWORD });
  t.match(signedIn, { status: 200, body: { user: { email }, csrfToken: String } });
  const headers = browserAfter(signedIn);

  const me = await anonymous().get('/api/account/me', undefined, headers);
  t.match(me.body, {
    user: { email },
    stores: [{ handle: stores.a.handle, role: 'owner' }],
    csrfToken: signedIn.body.csrfToken,
    impersonation: null,
  });

  const out = await anonymous().post('/api/account/sign-out', undefined, headers);
  t.equal(out.status, 204);
  t.match(out.headers['set-cookie'], [/kontor_user=;/]);
  t.equal((await anonymous().get('/api/account/me', undefined, headers)).status, 401);
});

t.test('gives known and unknown addresses the same answers', async (t) => {
  const { anonymous, ...world } = await start(t);
  await aUser(world);
  const answers = async (path: string, more: object) => {
    const ask = async (address: string) => {
      const { status, body } = await anonymous().post(path, { email: address, ...more });
      return { status, body: { ...body, requestId: '' } };
    };
    return [await ask(email), await ask('nobody@example.lu')];
  };

  const [known, unknown] = await answers('/api/account/sign-in', { password: 'not the right one' });
  t.same(known, unknown);
  const [forKnown, forUnknown] = await answers('/api/account/password/reset-request', {});
  t.same(forKnown, forUnknown);
  t.equal(forKnown?.status, 202);
});

t.test('lists and ends sessions of the person alone', async (t) => {
  const { anonymous, ...world } = await start(t);
  await aUser(world);
  const stranger = await world.stranger();
  const signIn = async () =>
    browserAfter(await anonymous().post('/api/account/sign-in', { email, password: PASSWORD }));
  const [here, there] = [await signIn(), await signIn()];

  const { sessions } = (await anonymous().get('/api/account/sessions', undefined, here)).body;
  t.equal(sessions.length, 2);
  const other = sessions.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
  t.equal((await stranger.delete(`/api/account/sessions/${other.id}`)).status, 404);
  t.equal((await anonymous().delete(`/api/account/sessions/${other.id}`, undefined, here)).status, 204);
  t.equal((await anonymous().get('/api/account/me', undefined, there)).status, 401);

  await signIn();
  t.same((await anonymous().delete('/api/account/sessions', undefined, here)).body, { ended: 1 });
});

t.test('resets a password by the link of a notice', async (t) => {
  const { anonymous, ...world } = await start(t);
  await aUser(world);

  await anonymous().post('/api/account/password/reset-request', { email });
  const token = await lastLink(world);

  const reset = (body: object) => anonymous().post('/api/account/password/reset', body);
  t.match(await reset({ token, password: 'short' }), { status: 422, body: { code: 'weakPassword' } });
  t.equal((await reset({ token, password: NEXT })).status, 204);
  t.equal((await reset({ token, password: NEXT })).status, 410);
  t.equal((await anonymous().post('/api/account/sign-in', { email, password: NEXT })).status, 200);
});

t.test('changes password, address and profile of who proves to be there', async (t) => {
  const { anonymous, ...world } = await start(t);
  await aUser(world);
  const headers = browserAfter(await anonymous().post('/api/account/sign-in', { email, password: PASSWORD }));
  const post = (path: string, body: object) => anonymous().post(`/api/account/${path}`, body, headers);

  t.equal((await post('password', { current: 'not the right one', next: NEXT })).status, 403);
  t.equal((await post('password', { current: PASSWORD, next: NEXT })).status, 204);
  t.equal((await post('email', { email: 'no address', password: NEXT })).status, 422);
  t.equal((await post('email', { email: 'ada@new.lu', password: NEXT })).status, 204);
  const token = await lastLink(world);
  t.equal((await anonymous().post('/api/account/email/confirm', { token })).status, 204);
  t.equal((await anonymous().post('/api/account/email/confirm', { token })).status, 410);

  const changed = await anonymous().patch('/api/account/me', { name: 'Ada L.', locale: 'fr' }, headers);
  t.match(changed, { status: 200, body: { email: 'ada@new.lu', name: 'Ada L.', locale: 'fr' } });
  t.equal((await anonymous().patch('/api/account/me', { isAdmin: true }, headers)).status, 422);
});

t.test('lets a new person join a team by invitation', async (t) => {
  const { anonymous, stores, inStore, ...world } = await start(t);
  const owner = await world.owner('a');
  const invited = { email: 'grace@example.lu', role: 'editor', invitedBy: owner.userId };
  await inStore('a', 'accounts', ({ team }) => team.invite(invited));
  const token = await lastLink(world);

  const joined = await anonymous().post('/api/account/invitations/accept', {
    token,
    name: 'Grace',
    password: PASSWORD,
  });

  t.match(joined, { status: 200, body: { storeHandle: stores.a.handle, user: { email: invited.email } } });
  t.equal(
    (await anonymous().post('/api/account/invitations/accept', { token, password: PASSWORD })).status,
    410,
  );
});

t.test('lets an admin act as a user and come back', async (t) => {
  const { anonymous, ...world } = await start(t);
  const user = await aUser(world);
  const [admin, stranger] = [await world.admin(), await world.stranger()];
  const body = { userId: user.id, reason: 'a call about missing notes' };

  t.equal((await stranger.post('/api/admin/impersonations', body)).status, 403);
  t.match(await admin.post('/api/admin/impersonations', { ...body, reason: 'help' }), {
    body: { code: 'reasonMissing' },
  });
  const started = await admin.post('/api/admin/impersonations', body);
  const headers = browserAfter(started);
  t.match((await anonymous().get('/api/account/me', undefined, headers)).body, {
    user: { id: user.id },
    impersonation: { adminId: admin.userId, reason: body.reason },
  });

  const stopped = await anonymous().post('/api/account/impersonation/stop', undefined, headers);
  t.equal(stopped.status, 200);
  t.equal((await anonymous().get('/api/account/me', undefined, headers)).status, 401);
  const back = await anonymous().get('/api/account/me', undefined, browserAfter(stopped));
  t.match(back.body, { user: { id: admin.userId }, impersonation: null });
  t.match(await admin.post('/api/account/impersonation/stop'), { status: 409 });
});

function start(t: Parameters<typeof startTestKernel>[0]): Promise<TestKernel> {
  return startTestKernel(t, { plugins: ['accounts'], until: 'control' });
}

async function aUser({ kernel, inStore }: Pick<TestKernel, 'kernel' | 'inStore'>) {
  const made = await kernel.auth.users.create({ email, name: 'Ada', password: PASSWORD });
  if (!made.ok) throw new Error(made.refusal);
  await inStore('a', 'accounts', ({ team }) => team.add({ userId: made.value.id, role: 'owner' }));
  return made.value;
}

/** What a browser sends after this answer. */
function browserAfter({ headers, body }: Answer): Record<string, string> {
  const cookies = [headers['set-cookie']].flat().map((cookie) => String(cookie).split(';')[0]);
  return { cookie: cookies.join('; '), 'x-csrf-token': body.csrfToken, origin: 'http://localhost:3000' };
}

/** Without a mail plugin the link is in the log. */
async function lastLink({ kernel, lines }: Pick<TestKernel, 'kernel' | 'lines'>): Promise<string> {
  await kernel.auth.deliverNotices();
  const { notice } = lines.findLast(({ details }) => details.notice)!.details as { notice: { link: string } };
  return new URL(notice.link).searchParams.get('token')!;
}

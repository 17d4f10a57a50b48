import t from 'tap';
import { startTestKernel, type TestKernel } from 'kontor/sdk/testing';
import { fromBase32 } from '../services/base32.ts';
import { hotp } from '../services/totp.ts';

const PASSWORD = 'correct horse battery';
const STEP = 30_000;

t.test('turns on with a first code, and asks for one at every sign-in from then on', async (t) => {
  const world = await start(t);
  const { me, signIn, enrol, codeNow } = world;

  t.match((await me.get('/api/account/two-factor')).body, { isOn: false, recoveryCodesLeft: 0 });
  t.equal((await me.post('/api/account/two-factor/confirm', { code: '123456' })).status, 409);
  t.equal((await me.post('/api/account/two-factor', { password: 'not the right one' })).status, 403);
  const other = await signIn();
  const { secret } = await enrol();
  t.ok((await signIn()).ok, 'not asked before it is confirmed');
  const first = codeNow(secret);
  const recoveryCodes = await world.confirm(secret, first);

  t.equal(recoveryCodes.length, 10);
  t.match((await me.get('/api/account/two-factor')).body, { isOn: true, recoveryCodesLeft: 10 });
  t.equal((await me.post('/api/account/two-factor', { password: PASSWORD })).status, 409);
  t.ok(
    other.ok && (await world.kernel.auth.identities.userSession(other.value.token)) === undefined,
    'others ended',
  );

  t.match(await signIn(), { refusal: 'challengeRequired', details: { challenges: ['totp'] } });
  t.match(await signIn('000000'), { refusal: 'challengeFailed' });
  t.match(await signIn(first), { refusal: 'challengeFailed' }, 'the first code was used up');
  world.clock.move(STEP);
  const code = codeNow(secret);
  t.ok((await signIn(code)).ok);
  t.match(await signIn(code), { refusal: 'challengeFailed' }, 'no code works twice');
});

t.test('lets a recovery code in once, and new ones end the old ones', async (t) => {
  const { me, signIn, enrol, confirm } = await start(t);
  const [first, second] = await confirm((await enrol()).secret);

  t.ok((await signIn(first!.toUpperCase())).ok);
  t.match(await signIn(first), { refusal: 'challengeFailed' });
  t.match((await me.get('/api/account/two-factor')).body, { recoveryCodesLeft: 9 });

  const renewed = await me.post('/api/account/two-factor/recovery-codes', { password: PASSWORD });
  t.equal(renewed.body.recoveryCodes.length, 10);
  t.match(await signIn(second), { refusal: 'challengeFailed' });
  t.ok((await signIn(renewed.body.recoveryCodes[0])).ok);
});

t.test('lets one of two at once through with the same code', async (t) => {
  const { signIn, enrol, confirm, codeNow, clock } = await start(t);
  const { secret } = await enrol();
  await confirm(secret);
  clock.move(STEP);
  const code = codeNow(secret);

  const answers = await Promise.all([signIn(code), signIn(code)]);

  t.equal(answers.filter(({ ok }) => ok).length, 1);
});

t.test('turns off with the password, or by an admin, whose help is recorded', async (t) => {
  const { me, signIn, enrol, confirm, kernel, admin } = await start(t);
  await confirm((await enrol()).secret);

  t.equal((await me.post('/api/account/two-factor/disable', { password: 'not the right one' })).status, 403);
  t.equal((await me.post('/api/account/two-factor/disable', { password: PASSWORD })).status, 204);
  t.ok((await signIn()).ok);
  await apply(kernel, 'disable');
  t.ok((await signIn()).ok, 'nothing of it is remembered');
  await apply(kernel, 'enable');

  await confirm((await enrol()).secret);
  t.equal((await me.delete(`/api/admin/users/${me.userId}/two-factor`)).status, 403);
  const helper = await admin();
  t.equal((await helper.delete(`/api/admin/users/${me.userId}/two-factor`)).status, 204);
  t.ok((await signIn()).ok);
  await apply(kernel, 'disable');
  t.ok((await signIn()).ok, 'nothing of it is remembered');
  const reason = `admin ${helper.userId} resets two-factor of user ${me.userId}`;
  const records = 'select plugin from kernel.platform_audit where reason = $1';
  t.same(await kernel.database.platform.query(records, [reason]), [{ plugin: 'two-factor' }]);
});

t.test(
  'shuts nobody in or open while it is off: who has it waits, or an operator lets them in',
  async (t) => {
    const { signIn, enrol, confirm, codeNow, clock, kernel, me } = await start(t);
    const turn = (action: 'enable' | 'disable') => apply(kernel, action);
    const { email } = (await kernel.auth.users.find(me.userId))!;
    const shut = { refusal: 'challengeRequired', details: { challenges: [], unavailable: ['totp'] } };
    const { secret } = await enrol();
    await turn('disable');
    t.ok((await signIn()).ok, 'nothing was confirmed');
    await turn('enable');
    await confirm(secret);

    await turn('disable');
    t.match(await signIn(), shut);
    await turn('enable');
    t.match(await signIn(), { details: { challenges: ['totp'], unavailable: [] } });
    clock.move(STEP);
    t.ok((await signIn(codeNow(secret))).ok);

    await turn('disable');
    await kernel.auth.setPassword({ email, password: PASSWORD, withoutSecondStep: true });
    t.ok((await signIn()).ok);
    await turn('enable');
    t.match(await signIn(), { details: { challenges: ['totp'] } }, 'the enrolment was kept');
    clock.move(STEP);
    t.ok((await signIn(codeNow(secret))).ok);
    await turn('disable');
    t.match(await signIn(), shut, 'and is remembered again');

    await turn('enable');
    await kernel.auth.setPassword({ email, password: PASSWORD, withoutSecondStep: true });
    t.ok((await signIn()).ok, 'and gone for good when it runs');
    await turn('disable');
    t.ok((await signIn()).ok);
  },
);

t.test('keeps neither secrets nor recovery codes readable', async (t) => {
  const { enrol, confirm, kernel } = await start(t);
  const { secret } = await enrol();
  const codes = await confirm(secret);

  const rows = await kernel.database.platform.query<{ all: string }>(
    `select e::text as all from two_factor.enrolments e
     union all select r::text from two_factor.recovery_codes r`,
  );

  t.equal(rows.length, 11);
  const all = JSON.stringify(rows);
  for (const hidden of [secret, ...codes]) t.notOk(all.includes(hidden));
});

t.test('keeps neither for who asks again under an Idempotency-Key', async (t) => {
  const { me, codeNow, kernel } = await start(t);
  const ask = (path: string, body: object) =>
    me.post(`/api/account/two-factor${path}`, body, { 'idempotency-key': `key${path}` });

  const { secret } = (await ask('', { password: PASSWORD })).body;
  const confirmed = await ask('/confirm', { code: codeNow(secret) });
  const renewed = await ask('/recovery-codes', { password: PASSWORD });

  t.match(await ask('/recovery-codes', { password: PASSWORD }), {
    status: 409,
    body: { code: 'KERNEL_ERR_IDEMPOTENCY_GIVEN' },
  });
  const kept = await kernel.database.platform.query<{ text: string }>(
    `select convert_from(body, 'UTF8') as text from kernel.platform_idempotency where body is not null`,
  );
  const all = JSON.stringify(kept);
  const codes = [...confirmed.body.recoveryCodes, ...renewed.body.recoveryCodes];
  t.equal(codes.length, 20);
  for (const hidden of [secret, ...codes]) t.notOk(all.includes(hidden));
});

async function start(t: Parameters<typeof startTestKernel>[0]) {
  const world: TestKernel = await startTestKernel(t, { plugins: ['two-factor'], until: 'control' });
  const me = await world.stranger();
  const user = (await world.kernel.auth.users.find(me.userId))!;
  const codeNow = (secret: string) =>
    hotp(fromBase32(secret), Math.floor(world.clock.now().getTime() / STEP), 6);
  return {
    ...world,
    me,
    codeNow,
    signIn: (code?: string) =>
      world.kernel.auth.users.signIn({
        email: user.email,
        password: PASSWORD,
        ip: '127.0.0.1',
        userAgent: 'test',
        ...(code ? { challenges: { totp: { code } } } : {}),
      }),
    async enrol(): Promise<{ secret: string; uri: string }> {
      return (await me.post('/api/account/two-factor', { password: PASSWORD })).body;
    },
    async confirm(secret: string, code = codeNow(secret)): Promise<string[]> {
      const confirmed = await me.post('/api/account/two-factor/confirm', { code });
      return confirmed.body.recoveryCodes;
    },
  };
}

async function apply({ plugins }: TestKernel['kernel'], action: 'enable' | 'disable'): Promise<void> {
  await plugins.apply(await plugins.plan({ action, plugin: 'two-factor', scope: 'platform' }));
}

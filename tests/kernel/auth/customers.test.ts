import t from 'tap';
import { FROM, PASSWORD, refusalOf, startAuth, value } from './support.ts';

const OTHER = 'another quiet harbour';
const email = 'jo@example.lu';

t.test('keeps the same address in two stores as two people with two passwords', async (t) => {
  const { auth, inA, inB, a, b } = await startAuth(t);
  const { customers, identities } = auth;
  const inOne = value(await inA(() => customers.register({ email, password: PASSWORD, firstName: 'Jo' })));
  const inOther = value(await inB(() => customers.register({ email, password: OTHER })));
  const signIn = (password: string) => () => customers.signIn({ email, password, ...FROM });

  t.equal(
    refusalOf(await inA(() => customers.register({ email: 'JO@example.lu', password: OTHER }))),
    'emailTaken',
  );
  t.equal(refusalOf(await inA(signIn(OTHER))), 'wrongCredentials');
  const session = value(await inA(signIn(PASSWORD)));
  value(await inB(signIn(OTHER)));

  const known = await identities.customerSession(a, session.token);
  t.match(known?.actor, { kind: 'customer', customerId: inOne.id, email });
  t.equal(known?.csrfToken, session.csrfToken);
  t.notOk(identities.customerSession(a, session.token) instanceof Promise);
  t.equal(await identities.customerSession(b, session.token), undefined);
  t.equal(await identities.userSession(session.token), undefined);
  t.equal(await inB(() => customers.find(inOne.id === inOther.id ? -1 : inOne.id)), undefined);
});

t.test('resets a customer’s password by the store’s own address, in that store alone', async (t) => {
  const { auth, inA, inB, a, linkToken, world } = await startAuth(t);
  const { customers, identities } = auth;
  for (const inStore of [inA, inB])
    value(await inStore(() => customers.register({ email, password: PASSWORD, locale: 'fr' })));
  const session = value(await inA(() => customers.signIn({ email, password: PASSWORD, ...FROM })));
  await identities.customerSession(a, session.token);

  await inA(() => customers.requestPasswordReset(email));
  await inA(() => customers.requestPasswordReset('nobody@example.lu'));
  const token = await linkToken();
  t.match(world.mail, [
    {
      kind: 'password-reset',
      to: email,
      locale: 'fr',
      storeName: 'Store a',
      link: /^http:\/\/a\.localhost:3000\/account\/reset\?token=/,
    },
  ]);

  t.equal(refusalOf(await inB(() => customers.resetPassword({ token, password: OTHER }))), 'invalidToken');
  t.equal(refusalOf(await auth.users.resetPassword({ token, password: OTHER })), 'invalidToken');
  value(await inA(() => customers.resetPassword({ token, password: OTHER })));

  t.equal(await identities.customerSession(a, session.token), undefined);
  t.ok((await inA(() => customers.signIn({ email, password: OTHER, ...FROM }))).ok);
  t.ok((await inB(() => customers.signIn({ email, password: PASSWORD, ...FROM }))).ok);
});

t.test('ends a customer’s sessions at sign-out, change of password and when turned off', async (t) => {
  const { auth, inA, a } = await startAuth(t);
  const { customers, identities } = auth;
  const customer = value(await inA(() => customers.register({ email, password: PASSWORD })));
  const signIn = async (password = PASSWORD) => {
    const { token } = value(await inA(() => customers.signIn({ email, password, ...FROM })));
    return { token, id: (await identities.customerSession(a, token))!.actor.sessionId };
  };
  const isAlive = async ({ token }: { token: string }) =>
    (await identities.customerSession(a, token)) !== undefined;

  const first = await signIn();
  await inA(() => customers.signOut(first.id));
  t.notOk(await isAlive(first));

  const [kept, other] = [await signIn(), await signIn()];
  const change = { customerId: customer.id, current: PASSWORD, next: OTHER, keepSessionId: kept.id };
  value(await inA(() => customers.changePassword(change)));
  t.same([await isAlive(kept), await isAlive(other)], [true, false]);

  value(await inA(() => customers.setState(customer.id, 'disabled')));
  t.notOk(await isAlive(kept));
  t.equal(refusalOf(await inA(() => customers.signIn({ email, password: OTHER, ...FROM }))), 'disabled');
  t.equal(refusalOf(await inA(() => customers.setState(4711, 'active'))), 'notFound');
});

t.test('counts guesses at an address for each store apart', async (t) => {
  const { auth, inA, inB } = await startAuth(t);
  for (const inStore of [inA, inB])
    value(await inStore(() => auth.customers.register({ email, password: PASSWORD })));
  const signIn = (password: string) => () => auth.customers.signIn({ email, password, ...FROM });

  for (let turn = 0; turn < 5; turn += 1) await inA(signIn('not the right one'));

  t.equal(refusalOf(await inA(signIn(PASSWORD))), 'lockedOut');
  t.ok((await inB(signIn(PASSWORD))).ok);
});

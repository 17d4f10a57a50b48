import t from 'tap';
import { MINUTE, startAuth } from './support.ts';

t.test('tries a notice again, later each time, and gives up after eight tries', async (t) => {
  const { auth, aUser, world, pass, platform } = await startAuth(t);
  const { email } = await aUser();
  const broken = { isBroken: true, tries: 0 };
  world.channels.unshift({
    name: 'broken',
    async deliver() {
      broken.tries += 1;
      if (broken.isBroken) throw new Error('the mail server is away');
    },
  });
  world.channels.length = 1;
  await auth.users.requestPasswordReset(email);

  t.equal(await auth.deliverNotices(), 0);
  t.equal(await auth.deliverNotices(), 0);
  t.equal(broken.tries, 1, 'not before its time');
  pass(MINUTE);
  await auth.deliverNotices();
  t.equal(broken.tries, 2);
  broken.isBroken = false;
  pass(2 * MINUTE);
  t.equal(await auth.deliverNotices(), 1);
  pass(60 * MINUTE);
  t.equal(await auth.deliverNotices(), 0, 'delivered once');

  broken.isBroken = true;
  broken.tries = 0;
  await auth.users.requestEmailChange({
    userId: 1,
    email: 'x@example.lu',
    password: 'quiet harbour morning',
  });
  for (let wait = 1; wait <= 1024; wait *= 2) {
    await auth.deliverNotices();
    pass(wait * MINUTE);
  }
  t.equal(broken.tries, 8);
  t.same(await platform.query('select 1 from kernel.notices'), []);
});

t.test('asks the next channel when one fails, and one only when it works', async (t) => {
  const { auth, aUser, world } = await startAuth(t);
  const { email } = await aUser();
  world.channels.unshift({ name: 'broken', deliver: () => Promise.reject(new Error('away')) });
  world.channels.push({
    name: 'never asked',
    deliver: () => Promise.reject(new Error('should not be asked')),
  });
  await auth.users.requestPasswordReset(email);

  t.equal(await auth.deliverNotices(), 1);
  t.equal(world.mail.length, 1);
});

t.test('delivers each notice once, however many nodes deliver', async (t) => {
  const { auth, another, aUser, world } = await startAuth(t);
  const { email } = await aUser();
  const nodes = [auth, await another(), await another()];
  for (let turn = 0; turn < 3; turn += 1) await auth.users.requestPasswordReset(email);

  const delivered = await Promise.all(nodes.map((node) => node.deliverNotices()));

  t.equal(
    delivered.reduce((sum, count) => sum + count, 0),
    3,
  );
  t.equal(world.mail.length, 3);
});

t.test('keeps links sealed, and lets everything wait in production until there is a channel', async (t) => {
  const { auth, aUser, world, platform } = await startAuth(t, { mode: 'production' });
  const { email } = await aUser();
  const channels = world.channels.splice(0);
  await auth.users.requestPasswordReset(email);

  t.equal(await auth.deliverNotices(), 0);
  const [row] = await platform.query<{ all: string }>('select n::text as all from kernel.notices n');
  t.notMatch(row?.all, /token=/);

  world.channels.push(...channels);
  t.equal(await auth.deliverNotices(), 1);
  t.match(world.mail, [{ link: /token=[\w-]{44}$/ }]);
});

t.test('counts a notice as told when development has no channel', async (t) => {
  const { auth, aUser, world } = await startAuth(t, { mode: 'development' });
  const { email } = await aUser();
  world.channels.length = 0;
  await auth.users.requestPasswordReset(email);

  t.equal(await auth.deliverNotices(), 1);
  t.equal(await auth.deliverNotices(), 0);
});

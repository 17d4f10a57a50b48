import t from 'tap';
import { within } from '../../../kernel/context.ts';
import { aManifest, startTestParts } from '../../support/parts.ts';

const started = await startTestParts(t);

t.test('finds a store by subdomain and by its own domain, in every spelling', async (t) => {
  const { tenancy, a, b } = started;
  t.ok((await tenancy.admin.attachDomain(b, 'shop.example.lu')).ok);
  const idAt = async (host: string) => (await tenancy.byHost(host))?.ref.id;

  t.equal(await idAt('a.localhost:3000'), a);
  t.equal(await idAt('A.LocalHost.'), a);
  t.equal(await idAt('SHOP.example.LU.:443'), b);
  t.equal(await idAt('b.localhost'), b);
  t.equal(await idAt('other.example.lu'), undefined);
  t.equal(await idAt('deeper.a.localhost'), undefined);
  t.equal(await idAt('localhost:3000'), undefined);
  t.equal(await idAt('a.localhost.evil.lu'), undefined);
  t.ok(tenancy.isPlatformHost('LOCALHOST.:3000'));
  t.notOk(tenancy.isPlatformHost('a.localhost'));
  t.equal((await tenancy.byHandle('b'))?.ref.host, 'shop.example.lu:3000');
  t.equal((await tenancy.byHandle('a'))?.ref.host, 'a.localhost:3000');
});

t.test('gives a store that works as the store of statements', async (t) => {
  const { tenancy, database, a, b } = started;
  const store = await tenancy.byId(a);
  const visible = () =>
    database.query<{ id: number }>('select id from kernel.stores where id = any($1)', [[a, b]]);
  t.same(await within({ store }, visible), [{ id: a }]);
  t.equal(await within({ store }, () => tenancy.stores.current().id), a);
  t.equal(tenancy.stores.maybeCurrent(), undefined);
  t.throws(() => tenancy.stores.current(), { code: 'KERNEL_ERR_NO_STORE' });
});

t.test('answers at once and without a statement when warm, and reads two statements when cold', async (t) => {
  const plugins = Array.from({ length: 30 }, (_, number) => aManifest({ id: `plugin-${number}` }));
  const { tenancy, statements, a, b } = await startTestParts(t, { manifests: plugins });
  t.equal(statements(), 0, 'nothing is read at start');

  await tenancy.byId(a);
  t.equal(statements(), 3, 'the tiers, once for all stores, and the store');
  await tenancy.byId(b);
  t.equal(statements(), 5);

  await tenancy.byHost('a.localhost');
  const before = statements();
  const warm = tenancy.byHost('a.localhost:3000');
  t.notOk(warm instanceof Promise);
  t.equal((warm as Awaited<typeof warm>)?.ref.id, a);
  t.equal(statements(), before);
});

t.test('reads once for a hundred who ask at the same time', async (t) => {
  const { tenancy, statements } = await startTestParts(t);
  const found = await Promise.all(Array.from({ length: 100 }, () => tenancy.byHost('a.localhost')));
  t.equal(new Set(found).size, 1);
  t.equal(statements(), 3);
});

t.test('asks about an unknown host once, until a store is made there', async (t) => {
  const { tenancy, statements, clock, merchant, settled } = started;
  await settled();
  t.equal(await tenancy.byHost('fresh.localhost'), undefined);
  const before = statements();
  t.equal(tenancy.byHost('fresh.localhost'), undefined, 'at once');
  t.equal(statements(), before);

  clock.forward(60_000);
  t.equal(await tenancy.byHost('fresh.localhost'), undefined);
  t.equal(statements(), before + 1, 'again after a while');

  const made = await tenancy.admin.createStore({ merchantId: merchant, handle: 'fresh', name: 'Fresh' });
  t.ok(made.ok);
  t.equal((await tenancy.byHost('fresh.localhost'))?.ref.name, 'Fresh');
});

t.test('serves nothing from the cache while changes go unheard', async (t) => {
  const { tenancy, changes, statements, database, a } = await startTestParts(t);
  await tenancy.byId(a);
  await changes.close();
  await database.platform.query(`update kernel.stores set name = 'Renamed' where id = $1`, [a]);
  const before = statements();
  t.equal((await tenancy.byId(a))?.ref.name, 'Renamed');
  await tenancy.byId(a);
  t.ok(statements() > before + 3);
});

t.test('a change of state is seen at once; a closed store has no address any more', async (t) => {
  const { tenancy, a } = started;
  const stateAt = async (host: string) => (await tenancy.byHost(host))?.ref.state;
  t.equal(await stateAt('a.localhost'), 'active');

  t.ok((await tenancy.admin.setState(a, 'paused')).ok);
  t.equal(await stateAt('a.localhost'), 'paused');

  await tenancy.admin.setState(a, 'closed');
  t.equal(await stateAt('a.localhost'), undefined);
  t.equal(await tenancy.byHandle('a'), undefined);
  t.equal((await tenancy.byId(a))?.ref.state, 'closed', 'an admin can still work on it');
  t.equal(await stateAt('b.localhost'), 'active');
  t.match(await tenancy.admin.setState(999, 'paused'), { ok: false, refusal: 'unknownStore' });
});

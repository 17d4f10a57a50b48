import t from 'tap';
import { type Route, Type } from 'kontor/sdk';
import { aPlugin, people, startHttp } from './support.ts';

const open: Route = {
  method: 'GET',
  path: '/open',
  surface: 'platform',
  access: 'anyone',
  handler: () => ({ v: 1 }),
};

t.test('refuses a route that is wrong with plugin, address and reason, and keeps the old set', async (t) => {
  const { http, ask } = await startHttp(t, { plugins: [aPlugin('notes', [open])] });
  const cases: [Partial<Route>, RegExp][] = [
    [{ access: undefined as never }, /states no access/],
    [
      { access: 'customer' },
      /has the access "customer"; on surface platform expected one of: anyone, user, admin/,
    ],
    [{ surface: 'store' }, /has the access "anyone"; on surface store expected one of: permission/],
    [
      { surface: 'store', access: { permission: 'notes.red' } },
      /'notes\.red', which no running plugin declares/,
    ],
    [{ surface: 'shop', feature: 'notes.sing' }, /'notes\.sing', which no running plugin declares/],
    [{ feature: 'notes.print' }, /surface platform has no store/],
    [{ surface: 'shelf' as never }, /has the surface 'shelf'/],
    [{ path: '/api/stores/a/steal' }, /belongs to another surface/],
    [{ path: '/readyz' }, /belongs to another surface/],
    [{ surface: 'shop', path: '/:store/x' }, /'store', which is the surface's own/],
    [{ path: 'open' }, /does not begin with \//],
    [{ method: 'LIST' as never }, /has the method LIST/],
    [{ body: Type.Object({}) }, /a GET with a body/],
    [{ query: { type: 'objekt' } as never }, /schema for query that is no JSON Schema/],
    [{ handler: undefined as never }, /has no handler/],
  ];
  for (const [change, reason] of cases) {
    const bad = aPlugin('bad', [{ ...open, path: '/bad', ...change }]);
    await t.rejects(async () => http.follow([bad]), { details: { plugin: 'bad' }, message: reason });
  }
  t.same((await ask({ url: '/open' })).body, { v: 1 });
});

t.test('refuses the second plugin at one address, whatever it calls its parameters', async (t) => {
  const { http } = await startHttp(t, { plugins: [] });
  const first = aPlugin('first', [{ ...open, path: '/things/:id' }]);
  const second = aPlugin('second', [{ ...open, path: '/things/:name' }]);
  await t.rejects(async () => http.follow([first, second]), {
    details: { plugin: 'second' },
    message: /Plugin 'second' and plugin 'first' both have GET \/things\/:name on the platform host/,
  });
  const onStore = aPlugin('second', [{ ...open, surface: 'storefront', path: '/things/:name' }]);
  await http.follow([first, onStore]);
  t.match(http.routes, [{ plugin: 'first' }, { plugin: 'second' }, { route: { path: '/' } }]);
});

t.test('swaps the whole set at once while a request of the old one goes on to its end', async (t) => {
  const held = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const slow = async () => {
    entered.resolve();
    await held.promise;
    return { v: 'old' };
  };
  const { http, ask } = await startHttp(t, {
    plugins: [aPlugin('notes', [open, { ...open, path: '/slow', handler: slow }])],
  });
  const running = ask({ url: '/slow' });
  await entered.promise;
  await http.follow([aPlugin('notes', [{ ...open, handler: () => ({ v: 2 }) }])]);
  t.same((await ask({ url: '/open' })).body, { v: 2 });
  t.equal((await ask({ url: '/slow' })).status, 404);
  held.resolve();
  t.same((await running).body, { v: 'old' });
});

t.test(
  'says whether it is ready on any host, and in words what is not on the platform host only',
  async (t) => {
    const faults: string[] = [];
    const readiness = { add() {}, report: async () => faults };
    const { ask } = await startHttp(t, { plugins: [], readiness });
    t.same((await ask({ url: '/livez', host: '10.1.2.3' })).body, { alive: true });
    t.match(await ask({ url: '/readyz', host: 'whatever' }), { status: 200, body: { ready: true } });
    faults.push('the database is not ready: no answer within 2 s');
    t.match(await ask({ url: '/readyz' }), { status: 503, body: { ready: false, notReady: faults } });
    for (const host of ['a.localhost', 'whatever']) {
      const { status, body } = await ask({ url: '/readyz', host });
      t.same({ status, body }, { status: 503, body: { ready: false } });
    }
  },
);

t.test('hands each handler its own services, actor and store', async (t) => {
  const plugin = aPlugin('notes', [{ ...open, handler: (_request, services) => services }]);
  Object.assign(plugin.services, { mine: 'yes' });
  const { ask } = await startHttp(t, { plugins: [plugin] });
  t.same((await ask({ url: '/open', headers: people.owner })).body, { mine: 'yes' });
});

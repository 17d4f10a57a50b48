import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from 'kontor/sdk';
import type { Client } from 'kontor/sdk/testing';
import t from 'tap';
import type { StoreContext } from '../../kernel/context.ts';
import type { PluginChange } from '../../kernel/parts.ts';
import { startFakeStripe } from '../support/fake-stripe/index.ts';
import { buy } from '../support/purchase.ts';
import { openShop, type Shop, stockShelves } from '../support/shop.ts';
import { root } from './pages.ts';

const manifests = globSync('plugins/*/plugin.json', { cwd: root })
  .map((file): Manifest => JSON.parse(readFileSync(join(root, file), 'utf8')))
  .sort((one, other) => one.id.localeCompare(other.id));
const neededBy = (id: string): string[] =>
  manifests.filter((one) => below(one.id).has(id)).map((one) => one.id);
const needed = below('checkout').add('checkout');
const everything = manifests.map(({ id }) => id);
const optional = everything.filter((id) => !needed.has(id));
const HANDLED = ['paid', 'shipped', 'refunded'];

t.setTimeout(180_000);

t.test('every plugin that a purchase can do without', async (t) => {
  const shop = await openShop(t, { plugins: everything, until: 'control' });
  const { kernel, stores, jobs, lines } = shop;
  await stockShelves(shop, 'b', 1000);
  await payWithStripe(t, shop);
  const storeId = stores.a.id;
  const plan = (change: Pick<PluginChange, 'action' | 'plugin' | 'along'>) =>
    kernel.plugins.plan({ ...change, scope: { storeId } });
  /** Plugins that are off in a store. */
  const offIn = async (store: 'a' | 'b') => {
    const { gate } = (await kernel.tenancy.byId(stores[store].id)) as StoreContext;
    return everything.filter((id) => !gate.plugins.has(id));
  };

  t.test('is refused to go while others need it, with their names', async (t) => {
    for (const { id } of manifests) {
      const others = neededBy(id);
      const { problems } = await plan({ action: 'disable', plugin: id });
      const named = problems.flatMap((problem) => problem.split(/ needs? /)[0]!.split(', '));
      t.same(named.sort(), others.sort(), id);
      if (others.length === 0) continue;
      t.match(problems, [new RegExp(`needs? ${id}; turn that off first, or along with it`)], id);
      await t.rejects(kernel.plugins.apply(await plan({ action: 'disable', plugin: id })), {
        code: 'KERNEL_ERR_PLAN_PROBLEMS',
      });
    }
    t.same(await offIn('a'), []);
  });

  for (const plugin of optional) {
    t.test(`can be sold without: ${plugin}`, async (t) => {
      const begin = lines.length;
      const off = [plugin, ...neededBy(plugin)].sort();
      const method = off.includes('payments-manual') ? 'stripe' : 'test-card';
      const earlier = await buy(shop.visit(), { handle: 'mug', quantity: 2, method });
      await jobs.drain();
      await kernel.plugins.apply(await plan({ action: 'disable', plugin, along: true }));
      t.same(await offIn('a'), off);

      const { orderId, token } = await buy(shop.visit(), { handle: 'mug', quantity: 2, method });
      t.match(await buy(shop.visit('b'), { handle: 'lamp' }), { total: 5000 });
      await jobs.drain();
      t.same(await handle(shop, earlier.orderId), HANDLED, 'what was ordered before');
      t.same(await wrongAnswers(shop, { off, orderId, token }), []);
      await jobs.drain();
      t.same(await offIn('b'), [], 'the other store keeps it');

      await kernel.plugins.apply(await plan({ action: 'enable', plugin }));
      t.same(await offIn('a'), [], 'what needs it comes back with it');
      t.same(await handle(shop, orderId), HANDLED, 'what was ordered without it');
      await jobs.drain();
      const wrong = lines.slice(begin).filter(({ level }) => level === 'error' || level === 'warn');
      t.same(wrong, [], 'nothing went wrong behind the scenes');
    });
  }
});

/** What a plugin cannot do without, all the way down. */
function below(id: string, seen = new Set<string>()): Set<string> {
  for (const other of Object.keys(manifests.find((one) => one.id === id)?.dependsOn ?? {})) {
    if (seen.has(other)) continue;
    seen.add(other);
    below(other, seen);
  }
  return seen;
}

async function payWithStripe(t: Parameters<typeof startFakeStripe>[0], shop: Shop): Promise<void> {
  const stripe = await startFakeStripe(t, { now: () => shop.clock.now().getTime() });
  const boss = await shop.admin();
  await boss.patch('/api/admin/settings/payments-stripe', stripe.settings);
  const team = await shop.owner('a');
  await team.patch(`/api/stores/${shop.stores.a.handle}/payments/stripe/settings`, {
    secretKey: stripe.secretKey,
    publishableKey: 'pk_test_fake',
    webhookSecret: 'whsec_fake',
  });
}

/** What the team does with an order: it was paid, is sent, and its money goes back. */
async function handle({ owner, stores, jobs }: Shop, orderId: number): Promise<unknown[]> {
  const team = await owner('a');
  const at = `/api/stores/${stores.a.handle}/orders/${orderId}`;
  const before = await team.get(at);
  const shipped = await team.post(`${at}/fulfilments`, {});
  const refunded = await team.post(`${at}/refunds`, {
    lines: [{ lineId: before.body.lines[0].id, quantity: 2 }],
    restock: true,
    shippingAmount: 500,
    reason: 'broken',
  });
  await jobs.drain();
  const after = await team.get(at);
  return [
    before.body.paymentState,
    shipped.status === 201 ? 'shipped' : shipped,
    refunded.status === 201 ? after.body.paymentState : refunded,
  ];
}

/** Routes of store a that fail, or answer though their plugin is off. */
async function wrongAnswers(
  shop: Shop,
  { off, orderId, token }: { off: readonly string[]; orderId: number; token: string },
): Promise<string[]> {
  const known: Readonly<Record<string, string>> = { handle: 'mug', token, id: String(orderId) };
  const visitor = shop.anonymous('a');
  const customer = await shop.customer('a');
  const team = await shop.owner('a');
  const clients: Readonly<Record<string, Client>> = { store: team, shop: visitor, storefront: visitor };
  const wrong: string[] = [];
  for (const { route, address, plugin } of shop.kernel.http.routes) {
    const client = route.access === 'customer' ? customer : clients[route.surface];
    if (!client || plugin === undefined || address.endsWith('/team/leave')) continue;
    const isRead = route.method === 'GET';
    const url = address
      .replace(':store', shop.stores.a.handle)
      .replaceAll(/:([A-Za-z]\w*)/g, (_, name) => (isRead ? known[name] : undefined) ?? '999999');
    const { status } = await client[route.method.toLowerCase() as 'get'](url, isRead ? undefined : {});
    const isWrong = off.includes(plugin) ? status !== 404 : status >= 500;
    if (isWrong) wrong.push(`${plugin}: ${route.method} ${url} answers ${status}`);
  }
  return wrong;
}

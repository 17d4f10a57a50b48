import fc from 'fast-check';
import t from 'tap';
import type { Manifest } from 'kontor/sdk';
import { satisfies } from 'semver';
import { solve } from '../../../kernel/plugins/solve.ts';
import { aManifest } from './workshop.ts';

const contract = '1.0.0';
const plugin = (id: string, parts: Partial<Manifest> = {}) => ({
  manifest: aManifest(id, parts),
  folder: `plugins/${id}`,
});
const outcome = (plugins: ReturnType<typeof plugin>[], absent?: Map<string, string>) => {
  const { order, refused } = solve({ plugins, contract, ...(absent ? { absent } : {}) });
  return { order: order.map(({ manifest }) => manifest.id), refused: Object.fromEntries(refused) };
};

t.test('starts what is needed first, then by id', async (t) => {
  const plugins = [
    plugin('cart', { dependsOn: { catalog: '^1.0.0' } }),
    plugin('zebra'),
    plugin('catalog', { worksWith: { zebra: '*' } }),
    plugin('apples'),
  ];
  t.same(outcome(plugins), { order: ['apples', 'zebra', 'catalog', 'cart'], refused: {} });
});

t.test('names both sides of an unmet range, and takes dependants along with the chain', async (t) => {
  const plugins = [
    plugin('reviews', { version: '1.2.0', dependsOn: { orders: '^3.0.0' } }),
    plugin('orders', { version: '2.1.0' }),
    plugin('stars', { dependsOn: { reviews: '^1.0.0' } }),
  ];
  const fix = 'install orders ^3.0.0, or a version that takes 2.1.0';
  const conflict = `reviews 1.2.0 wants orders ^3.0.0, found orders 2.1.0 (plugins/orders); ${fix}`;
  t.same(outcome(plugins), {
    order: ['orders'],
    refused: {
      reviews: conflict,
      stars: `stars 1.0.0 wants reviews ^1.0.0, which is set aside: ${conflict}`,
    },
  });
});

t.test('says whether what is missing is absent or only off', async (t) => {
  const plugins = [plugin('a', { dependsOn: { x: '*' } }), plugin('b', { dependsOn: { y: '*' } })];
  t.same(outcome(plugins, new Map([['y', 'is disabled']])).refused, {
    a: 'a 1.0.0 wants x *, which is not here; install it',
    b: 'b 1.0.0 wants y *, which is disabled',
  });
});

t.test('refuses a plugin made for another contract', async (t) => {
  t.match(
    outcome([plugin('late', { requires: '^2.0.0' })]).refused.late,
    /wants the kernel contract \^2\.0\.0, found 1\.0\.0/,
  );
});

t.test('minds optional company only when it is there', async (t) => {
  const shy = plugin('shy', { worksWith: { loud: '^2.0.0' } });
  t.same(outcome([shy]), { order: ['shy'], refused: {} });
  t.match(outcome([shy, plugin('loud')]).refused.shy, /works with loud \^2\.0\.0 only, found loud 1\.0\.0/);
  const friends = [plugin('a', { worksWith: { b: '*' } }), plugin('b', { worksWith: { a: '*' } })];
  t.same(outcome(friends).order, ['a', 'b']);
});

t.test('names the circle, and lets all others start', async (t) => {
  const plugins = [
    plugin('a', { dependsOn: { b: '*' } }),
    plugin('b', { dependsOn: { c: '*' } }),
    plugin('c', { dependsOn: { a: '*' } }),
    plugin('free'),
  ];
  const { order, refused } = outcome(plugins);
  t.same(order, ['free']);
  t.match(refused.a, 'a -> b -> c -> a');
});

t.test('sets the later of two plugins with one feature aside, and names both', async (t) => {
  const features = [{ code: 'shared.thing', title: 'Thing' }];
  const { order, refused } = outcome([plugin('b', { features }), plugin('a', { features })]);
  t.same(order, ['a']);
  t.match(
    refused.b,
    /feature or limit 'shared\.thing' is declared by a \(plugins\/a\) and again by b \(plugins\/b\)/,
  );
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const version = fc.constantFrom('1.0.0', '1.5.0', '2.0.0');
const ranges = fc.dictionary(fc.constantFrom(...ids, 'gone'), fc.constantFrom('^1.0.0', '^2.0.0', '*'), {
  maxKeys: 2,
});
const worlds = fc.uniqueArray(
  fc.record({ id: fc.constantFrom(...ids), version, dependsOn: ranges, worksWith: ranges }),
  { selector: ({ id }) => id },
);

t.test('gives one answer whatever the order of installation', async () => {
  fc.assert(
    fc.property(worlds, fc.infiniteStream(fc.nat()), (manifests, chance) => {
      const plugins = manifests.map((parts) => plugin(parts.id, parts));
      const shuffled = [...plugins]
        .map((one) => ({ one, at: chance.next().value as number }))
        .sort((a, b) => a.at - b.at);
      return JSON.stringify(outcome(plugins)) === JSON.stringify(outcome(shuffled.map(({ one }) => one)));
    }),
  );
});

t.test('starts nothing before what it depends on, or beside what it cannot bear', async () => {
  fc.assert(
    fc.property(worlds, (manifests) => {
      const { order, refused } = solve({
        plugins: manifests.map((parts) => plugin(parts.id, parts)),
        contract,
      });
      const versions = new Map(order.map(({ manifest }) => [manifest.id, manifest.version]));
      const earlier = new Set<string>();
      for (const { manifest } of order) {
        for (const [id, range] of Object.entries(manifest.dependsOn ?? {})) {
          if (!earlier.has(id) || !satisfies(versions.get(id)!, range)) return false;
        }
        for (const [id, range] of Object.entries(manifest.worksWith ?? {})) {
          if (versions.has(id) && !satisfies(versions.get(id)!, range)) return false;
        }
        earlier.add(manifest.id);
      }
      return order.length + refused.size === manifests.length;
    }),
  );
});

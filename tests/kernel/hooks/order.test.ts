import fc from 'fast-check';
import t from 'tap';
import type { Manifest } from 'kontor/sdk';
import { orderHandlers } from '../../../kernel/hooks/order.ts';

type Place = { before?: string[]; after?: string[] };
const aManifest = (id: string, change: Partial<Manifest> = {}): Manifest => ({
  id,
  version: '1.0.0',
  title: id,
  requires: '^1.0.0',
  ...change,
});

function orderOf(plugins: readonly Manifest[], places: Record<string, Place>) {
  return orderHandlers({
    kind: 'filter',
    name: 'greeting.text',
    plugins,
    places: new Map(Object.entries(places)),
  });
}

t.test('puts handlers in order of their ids when nothing else is said', async (t) => {
  const plugins = ['c', 'a', 'b'].map((id) => aManifest(id));

  t.same(orderOf(plugins, { c: {}, a: {}, b: {} }), ['a', 'b', 'c']);
});

t.test('lets who depends run after, by way of plugins that do not handle the hook too', async (t) => {
  const plugins = [
    aManifest('a', { dependsOn: { middle: '*' } }),
    aManifest('middle', { worksWith: { z: '*' } }),
    aManifest('z'),
  ];

  t.same(orderOf(plugins, { a: {}, z: {} }), ['z', 'a']);
});

t.test('does not mind a companion that is not there', async (t) => {
  const plugins = [aManifest('a', { worksWith: { gone: '*' } }), aManifest('b')];

  t.same(orderOf(plugins, { a: { after: ['gone'] }, b: { before: ['gone'] } }), ['a', 'b']);
});

t.test('follows before and after of the manifests', async (t) => {
  const plugins = ['a', 'b', 'c'].map((id) => aManifest(id));

  t.same(orderOf(plugins, { a: { after: ['b'] }, b: {}, c: { before: ['b'] } }), ['c', 'b', 'a']);
});

t.test('refuses a cycle with the path that makes it', async (t) => {
  const plugins = ['a', 'b', 'c'].map((id) => aManifest(id));
  const places = { a: { before: ['b'] }, b: { before: ['c'] }, c: { before: ['a'] } };

  t.throws(() => orderOf(plugins, places), {
    code: 'KERNEL_ERR_HOOK_CYCLE',
    message:
      'The handlers of filter greeting.text cannot be put in order: a before b (a/plugin.json contributes.filters), ' +
      'b before c (b/plugin.json contributes.filters), c before a (c/plugin.json contributes.filters)',
    details: { plugins: ['a', 'b', 'c'] },
  });
});

t.test('refuses a cycle of dependencies and places mixed, and names only who is in it', async (t) => {
  const plugins = [
    aManifest('a', { dependsOn: { middle: '*' } }),
    aManifest('b'),
    aManifest('middle', { worksWith: { z: '*' } }),
    aManifest('z'),
  ];
  const places = { a: { before: ['z'] }, b: { after: ['a'] }, z: {} };

  t.throws(() => orderOf(plugins, places), {
    message:
      /a before z \(a\/plugin\.json contributes\.filters\), z before a \(a\/plugin\.json dependsOn, middle\/plugin\.json worksWith\)$/,
  });
});

t.test('gives the same order in whatever order plugins were installed', async (t) => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const plugins = [
    aManifest('a', { dependsOn: { d: '*' } }),
    aManifest('b'),
    aManifest('c', { worksWith: { h: '*', b: '*' } }),
    aManifest('d', { dependsOn: { g: '*' } }),
    ...['e', 'f', 'g', 'h'].map((id) => aManifest(id)),
  ];
  const places: Record<string, Place> = { b: { after: ['f'] }, e: { before: ['a'] }, h: { after: ['e'] } };
  const inOrder = (order: readonly string[]) =>
    orderOf(
      order.map((id) => plugins.find((plugin) => plugin.id === id)!),
      Object.fromEntries(order.map((id) => [id, places[id] ?? {}])),
    );
  const expected = inOrder(ids);

  const shuffled = fc.shuffledSubarray(ids, { minLength: ids.length });
  fc.assert(
    fc.property(shuffled, (order) => inOrder(order).join() === expected.join()),
    { numRuns: 100 },
  );
  t.same(expected, ['e', 'f', 'b', 'g', 'd', 'a', 'h', 'c']);
});

import t from 'tap';
import type { Cradle, PluginDefinition, PointName } from 'kontor/sdk';
import { enterAs, type StoreContext } from '../../../kernel/context.ts';
import type { LoadedPlugin } from '../../../kernel/parts.ts';
import { createPoints } from '../../../kernel/plugins/index.ts';
import { aManifest } from './workshop.ts';

const CARDS = 'cards' as PointName;
const loaded = (id: string, definition: object, parts = {}): LoadedPlugin => ({
  manifest: aManifest(id, parts),
  folder: `plugins/${id}`,
  source: 'bundled',
  definition: definition as PluginDefinition,
  services: { name: id } as unknown as Cradle,
});
const inStoreWith = <Value>(plugins: string[], work: () => Value): Value => {
  const store = { gate: { plugins: new Set(plugins) } } as unknown as StoreContext;
  return enterAs({ actor: { kind: 'anonymous' }, store }, work);
};

t.test('gives what plugins add, in their order, and only from those that are on here', async (t) => {
  const { points, follower } = createPoints({ enter: (_, work) => work() });
  const owner = loaded('owner', { declares: { points: { cards: {} } }, points: { cards: ['own'] } });
  const guest = loaded('guest', {
    points: { cards: ({ name }: { name: string }) => [`of ${name}`, 'more'] },
  });
  await follower.follow([owner, guest]);
  t.same(points.of(CARDS), ['own', 'of guest', 'more']);
  t.same(points.entries(CARDS)[1], { plugin: 'guest', value: 'of guest' });
  t.same(
    inStoreWith(['owner'], () => points.of(CARDS)),
    ['own'],
  );
  t.equal(
    inStoreWith(['owner'], () => points.of('signInChallenges').length),
    0,
  );
  await follower.follow([owner]);
  t.same(points.of(CARDS), ['own']);
});

t.test('names the nearest point when one is asked for or added to that nobody declares', async (t) => {
  const { points, follower } = createPoints({ enter: (_, work) => work() });
  t.throws(() => points.of('signInChallenge' as PointName), {
    message: /'signInChallenge'; did you mean 'signInChallenges'\?/,
  });
  const guest = loaded('guest', { points: { noticeChanels: [] } });
  t.throws(() => follower.follow([guest]), {
    details: { plugin: 'guest' },
    message: /did you mean 'noticeChannels'\?/,
  });
  await follower.follow([loaded('guest', { points: { cards: ['x'] } }, { worksWith: { absent: '*' } })]);
});

t.test('tells the owner of each contribution once when it comes and when it goes', async (t) => {
  const { follower } = createPoints({ enter: (_, work) => work() });
  const told: string[] = [];
  const note = (what: string) => (entry: { plugin: string; value: unknown }) =>
    void told.push(`${what} ${entry.plugin}:${entry.value}`);
  const owner = loaded('owner', {
    declares: { points: { cards: { added: note('added'), removed: note('removed') } } },
  });
  const [a, b] = [loaded('a', { points: { cards: [1] } }), loaded('b', { points: { cards: [2] } })];
  await follower.follow([owner, a]);
  await follower.follow([owner, a, b]);
  await follower.follow([owner, b]);
  await follower.follow([]);
  t.same(told, ['added a:1', 'added b:2', 'removed a:1', 'removed b:2']);
});

t.test('blames the plugin whose contribution cannot be made', async (t) => {
  const { follower } = createPoints({ enter: (_, work) => work() });
  const fault = () => {
    throw new Error('no font');
  };
  const bad = loaded('bad', { points: { noticeChannels: fault } });
  t.throws(() => follower.follow([bad]), {
    details: { plugin: 'bad' },
    message: /'bad' could not be set up: no font/,
  });
});

import { Session } from 'node:inspector/promises';
import t from 'tap';

// Only what is loaded from now on is counted.
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
t.teardown(() => session.disconnect());
const { engine } = await import('./rendered.ts');

const SIZE = 1000;

// What grew with the square of its length somewhere once.
const SHAPES: Readonly<Record<string, (count: number) => string>> = {
  outputs: (count) => '{{ a }}'.repeat(count),
  'lines of tags': (count) => '{% if a %}{% endif %}\n'.repeat(count),
  branches: (count) => `{% if a %}${'{% elsif a %}\n'.repeat(count)}{% endif %}`,
  'raw bodies': (count) => '{% raw %}{{ x }}{% endraw %}\n'.repeat(count),
  comments: (count) => '{% comment %}{% comment %}{% endcomment %}{% endcomment %}'.repeat(count),
  'comments without an end': (count) => '{% comment %}'.repeat(count),
  'lines of liquid': (count) => `{% liquid\n${'echo a\n'.repeat(count)}%}`,
  'a chain of filters': (count) => `{{ a ${'| upcase '.repeat(count)}}}`,
  'a chain of conditions': (count) => `{% if ${'a or '.repeat(count)}a %}{% endif %}`,
  'a long path': (count) => `{{ a${'.b'.repeat(count)} }}`,
  'stray braces and quotes': (count) => '{ " \' }'.repeat(count),
  'stray quotes in an output': (count) => `{{ ${'" \' '.repeat(count)} }}`,
  'many arguments': (count) => `{{ a | append: ${'b, c: d, '.repeat(count)} }}`,
};

t.test('reads and renders in steps that grow as the text does', async (t) => {
  for (const [name, shape] of Object.entries(SHAPES)) {
    const steps: number[] = [];
    for (const times of [1, 2, 4]) steps.push(await stepsOf(shape(SIZE * times)));
    const [one, two, four] = steps as [number, number, number];
    t.ok(one > SIZE, `${name}: ${one} steps are some for each`);
    t.ok(two < one * 2.2 && four < two * 2.2, `${name}: ${steps.join(', ')}`);
  }
});

t.test('spends fuel as the data grows', (t) => {
  const source =
    '{% for p in l %}{{ p.title | upcase | append: "!" }}{% endfor %}{{ l | map: "title" | join: "," }}{{ l | json }}';
  const [one, two, four] = [500, 1000, 2000].map((count) => {
    const fuel = engine.fuel();
    const before = fuel.left;
    const l = Array.from({ length: count }, () => ({ title: 'a cup of tea' }));
    engine.render(engine.compile(source, 'x'), { globals: { l }, fuel });
    return before - fuel.left;
  }) as [number, number, number];
  t.ok(two < one * 2.1 && four < two * 2.1 && one > 500, `${one}, ${two}, ${four}`);
  t.end();
});

/** How often the blocks of the engine's code run: the same at each time, on each machine. */
async function stepsOf(source: string): Promise<number> {
  await session.post('Profiler.takePreciseCoverage');
  engine.render(engine.compile(source, 'x'), { fuel: engine.fuel({ milliseconds: 600_000 }) });
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const ours = result.filter(({ url }) => url.includes('/plugins/liquid/engine/'));
  const ranges = ours.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges));
  return ranges.reduce((sum, { count }) => sum + count, 0);
}

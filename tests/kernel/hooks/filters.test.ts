import t from 'tap';
import { Type } from 'kontor/sdk';
import { aPlugin, startFilters, whereOn, type LooseDefinition } from './support.ts';

const text = Type.Object({ text: Type.String(), words: Type.Optional(Type.Array(Type.String())) });
type Text = { text: string; words?: string[] };
const owner = aPlugin(
  { id: 'greeting' },
  { declares: { filters: { 'greeting.text': { value: text, budget: 40 } } } },
);
const adds = (id: string, handle: (value: Text) => unknown = ({ text }) => ({ text: `${text} ${id}` })) =>
  aPlugin({ id }, { filters: { 'greeting.text': handle } });
const never = () => new Promise(() => undefined);

t.test('lets a value pass through every handler in order', async (t) => {
  const later = adds('b', async ({ text }) => ({ text: `${text} b` }));
  const { hooks } = startFilters(owner, adds('c'), later, adds('a'));

  t.same(await hooks.filter('greeting.text', { text: 'hello' }), { text: 'hello a b c' });
});

t.test('skips handlers of plugins that are off for the store, and none outside of one', async (t) => {
  const { hooks } = startFilters(owner, adds('a'), adds('b'));

  t.same(await whereOn(['b'], () => hooks.filter('greeting.text', { text: 'hello' })), { text: 'hello b' });
  t.same(await whereOn([], () => hooks.filter('greeting.text', { text: 'hello' })), { text: 'hello' });
  t.same(await hooks.filter('greeting.text', { text: 'hello' }), { text: 'hello a b' });
});

const faults: Record<string, { handle: (value: Text) => unknown; says: RegExp }> = {
  'a result that does not fit': {
    handle: () => ({ text: 5 }),
    says: /^expected \/text must be string, got 5$/,
  },
  'no result': { handle: () => undefined, says: /^expected a value, got nothing$/ },
  'a number that is none': { handle: () => Number.NaN, says: /must be object, got NaN$/ },
  'a throw': {
    handle: () => {
      throw new Error('broken inside');
    },
    says: /^broken inside$/,
  },
  'a rejection': { handle: async () => Promise.reject(new Error('broken later')), says: /^broken later$/ },
  'an answer that never comes': { handle: never, says: /^no answer within 40 ms$/ },
  'an endless loop that lets others run': {
    async handle() {
      const ends = performance.now() + 200; // endless for the caller; the test process has to end some day
      while (performance.now() < ends) await new Promise((resolve) => setImmediate(resolve));
      return { text: 'too late' };
    },
    says: /^no answer within 40 ms$/,
  },
  'an answer that blocks the process for too long': {
    handle(value) {
      const ends = performance.now() + 60;
      while (performance.now() < ends);
      return value;
    },
    says: /^took \d+ ms of 40$/,
  },
};

for (const [what, { handle, says }] of Object.entries(faults)) {
  t.test(`sets ${what} aside: the value before it stands and the next handler goes on`, async (t) => {
    const { hooks, metrics, lines } = startFilters(
      owner,
      adds('a'),
      adds('b', handle),
      adds('c', (value) => value),
    );

    const given = await hooks.trace(() => hooks.filter('greeting.text', { text: 'hello a', words: ['one'] }));

    t.same(given.value, { text: 'hello a a' });
    t.match(given.steps[1], { plugin: 'b', after: { text: 'hello a a' } });
    t.match(lines, [
      { level: 'warn', details: { hook: 'filter greeting.text', plugin: 'b', version: '1.0.0' } },
    ]);
    t.match(metrics.text(), /kontor_hook_faults_total\{hook="greeting.text",plugin="b"\} 1/);
    t.match(given.steps[1]?.fault, says);
  });
}

t.test('keeps a handler from changing what the next one sees', async (t) => {
  const sly = adds('a', (value) => {
    value.words!.push('mine');
    return value;
  });
  const { hooks, lines } = startFilters(
    owner,
    sly,
    adds('b', (value) => value),
  );

  t.same(await hooks.filter('greeting.text', { text: 'hello', words: ['one'] }), {
    text: 'hello',
    words: ['one'],
  });
  t.match(lines[0]?.details.fault, /not extensible/);
});

t.test('refuses a first value that the owner does not declare, and blames no handler', async (t) => {
  const { hooks, lines } = startFilters(owner, adds('a'));

  await t.rejects(hooks.filter('greeting.text', { text: 5 }), {
    code: 'KERNEL_ERR_PAYLOAD',
    message:
      "The filter 'greeting.text' was given what plugin 'greeting' does not declare: expected /text must be string, got 5",
  });
  t.same(lines, []);
});

t.test('names the nearest when nobody declares a name', async (t) => {
  const { hooks } = startFilters(owner);

  await t.rejects(hooks.filter('greting.text', {}), {
    code: 'KERNEL_ERR_UNKNOWN_HOOK',
    message: "No running plugin declares the filter 'greting.text'; did you mean 'greeting.text'?",
  });
  await t.rejects(hooks.guard('greeting.text', {}), { code: 'KERNEL_ERR_UNKNOWN_HOOK' });
});

t.test('leaves a handler out for a minute after five faults in a row, then tries it once', async (t) => {
  let calls = 0;
  let isBroken = true;
  const flaky = adds('a', (value) => {
    calls += 1;
    if (isBroken) throw new Error('broken');
    return value;
  });
  const { hooks, clock, lines } = startFilters(owner, flaky);
  const call = async (times: number) => {
    calls = 0;
    for (let i = 0; i < times; i += 1) await hooks.filter('greeting.text', { text: 'hello' });
    return calls;
  };

  t.equal(await call(8), 5);
  clock.forward(59_000);
  t.equal(await call(3), 0);
  clock.forward(2_000);
  t.equal(await call(3), 1, 'one try, which fails');
  clock.forward(61_000);
  isBroken = false;
  t.equal(await call(3), 3, 'one try, which does well');
  t.same(
    lines.map(({ level }) => level),
    ['warn', 'error', 'error'],
    'once a minute, and each time it is left out',
  );
});

t.test('keeps counting over a change of the set, and starts afresh with a new version', async (t) => {
  let calls = 0;
  const count = () => {
    calls += 1;
  };
  const broken = { filters: { 'greeting.text': count } } satisfies LooseDefinition;
  const { hooks, follow } = startFilters(owner, aPlugin({ id: 'a' }, broken));
  const call = async () => hooks.filter('greeting.text', { text: 'hello' });
  for (let i = 0; i < 5; i += 1) await call();

  follow(owner, aPlugin({ id: 'a' }, broken), adds('b'));
  await call();
  t.equal(calls, 5);

  follow(owner, aPlugin({ id: 'a', version: '1.0.1' }, broken), adds('b'));
  await call();
  t.equal(calls, 6);
});

t.test('traces who made what of what, nested calls too', async (t) => {
  const inner = aPlugin(
    { id: 'inner', version: '2.1.0' },
    {
      declares: { filters: { 'inner.word': { value: Type.String() } } },
      filters: { 'inner.word': () => 'world' },
    },
  );
  const outer = adds('outer', async ({ text }) => ({
    text: `${text} ${await hooks.filter('inner.word', 'x')}`,
  }));
  const { hooks } = startFilters(owner, inner, outer);

  const { value, steps } = await hooks.trace(async () => {
    const nested = await hooks.trace(() => hooks.filter('greeting.text', { text: 'hello' }));
    return nested.value;
  });

  t.same(value, { text: 'hello world' });
  t.match(steps, [
    {
      hook: 'inner.word',
      plugin: 'inner',
      version: '2.1.0',
      before: 'x',
      after: 'world',
      milliseconds: Number,
    },
    { hook: 'greeting.text', plugin: 'outer', before: { text: 'hello' }, after: { text: 'hello world' } },
  ]);
});

t.test('refuses further hooks to a handler whose time is up', async (t) => {
  const { promise: timeUp, resolve: next } = Promise.withResolvers<void>();
  const { promise: calledAgain, resolve: report } = Promise.withResolvers<Promise<unknown>[]>();
  const late = adds('a', async (value) => {
    await timeUp;
    const again = hooks.filter('greeting.text', value);
    again.catch(() => undefined);
    report([again]);
  });
  const { hooks } = startFilters(owner, late);

  await hooks.filter('greeting.text', { text: 'hello' });
  next();

  const [again] = await calledAgain;
  await t.rejects(again!, { code: 'KERNEL_ERR_HOOK_LATE' });
});

t.test('keeps the set it had when the next one cannot be taken', async (t) => {
  const { hooks, follow } = startFilters(owner, adds('a'));
  const twice = aPlugin({ id: 'other' }, { declares: { filters: { 'greeting.text': { value: text } } } });
  const unusable = aPlugin(
    { id: 'other' },
    { declares: { filters: { 'other.value': { value: { type: 'strange' } } } } },
  );

  t.throws(() => follow(owner, twice), {
    code: 'KERNEL_ERR_HOOK_DECLARED_TWICE',
    message: /'greeting\.text' is declared by plugin 'greeting' and by plugin 'other'/,
  });
  t.throws(() => follow(owner, unusable), {
    code: 'KERNEL_ERR_HOOK_SCHEMA',
    message: /other\.value.*plugin 'other'/,
  });
  t.same(await hooks.filter('greeting.text', { text: 'hello' }), { text: 'hello a' });
});

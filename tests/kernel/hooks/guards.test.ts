import t from 'tap';
import { ok, refused, Type } from 'kontor/sdk';
import { aPlugin, startFilters, whereOn } from './support.ts';

const subject = Type.Object({ note: Type.String() });
const owns = (whenBroken?: 'open' | 'closed') =>
  aPlugin(
    { id: 'notes' },
    {
      declares: { guards: { 'note.delete': { subject, budget: 40, ...(whenBroken ? { whenBroken } : {}) } } },
    },
  );
const guards = (id: string, handle: (subject: { note: string }) => unknown) =>
  aPlugin({ id }, { guards: { 'note.delete': handle } });
const ask = { note: 'mine' };

t.test('lets pass when nobody refuses', async (t) => {
  const { hooks } = startFilters(
    owns(),
    guards('a', () => undefined),
    guards('b', async () => undefined),
  );

  t.same(await hooks.guard('note.delete', ask), ok());
});

t.test('answers the first refusal with its details and asks nobody after it', async (t) => {
  let asked = 0;
  const { hooks } = startFilters(
    owns(),
    guards('a', () => undefined),
    guards('b', async ({ note }) => ({ refuse: 'pinned', details: { note } })),
    guards('c', () => {
      asked += 1;
    }),
  );

  t.same(await hooks.guard('note.delete', ask), refused('pinned', { note: 'mine' }));
  t.equal(asked, 0);
});

t.test('does not ask a plugin that is off for the store', async (t) => {
  const { hooks } = startFilters(
    owns(),
    guards('a', () => ({ refuse: 'pinned' })),
  );

  t.same(await whereOn(['notes'], () => hooks.guard('note.delete', ask)), ok());
});

const broken: Record<string, () => unknown> = {
  throws: () => {
    throw new Error('broken');
  },
  'answers what is no answer': () => ({ refuse: '' }),
  'answers true': () => true,
  'never answers': () => new Promise(() => undefined),
};

for (const [what, handle] of Object.entries(broken)) {
  t.test(`passes or refuses, as declared, when a guard ${what}`, async (t) => {
    const open = startFilters(owns(), guards('a', handle));
    const closed = startFilters(owns('closed'), guards('a', handle));

    t.same(await open.hooks.guard('note.delete', ask), ok());
    t.same(await closed.hooks.guard('note.delete', ask), refused('guardBroken', { guard: 'note.delete' }));
  });
}

t.test('goes on refusing while a broken guard is left out', async (t) => {
  const { hooks } = startFilters(owns('closed'), guards('a', broken.throws!));
  for (let i = 0; i < 5; i += 1) await hooks.guard('note.delete', ask);

  t.same(await hooks.guard('note.delete', ask), refused('guardBroken', { guard: 'note.delete' }));
});

t.test('traces what guards answered', async (t) => {
  const { hooks } = startFilters(
    owns(),
    guards('a', () => undefined),
    guards('b', () => ({ refuse: 'pinned' })),
  );

  const { steps } = await hooks.trace(() => hooks.guard('note.delete', ask));

  t.match(steps, [
    { hook: 'note.delete', plugin: 'a', before: ask, after: undefined },
    { hook: 'note.delete', plugin: 'b', before: ask, after: { refuse: 'pinned' } },
  ]);
});

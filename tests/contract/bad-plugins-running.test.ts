import { readdirSync } from 'node:fs';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import { BAD, folder, HOOK_LIMIT } from './bad-plugins.ts';

t.test('sets each aside in a running kernel, while all others answer', async (t) => {
  const { kernel, anonymous, stores } = await startTestKernel(t, {
    plugins: [...Object.keys(BAD).flatMap(foldersOf), new URL('../smallest-plugin', folder)],
    hookLimit: HOOK_LIMIT,
    allowSetAside: true,
  });

  const reports = await kernel.plugins.list();
  const why = Object.fromEntries(
    reports.flatMap(({ id, quarantine }) => (quarantine ? [[id, quarantine]] : [])),
  );
  const expected = Object.values(BAD).flatMap(({ quarantined }) => quarantined ?? []);
  t.match(why, Object.fromEntries(expected.map(({ id, why }) => [id, why])));
  t.same(Object.keys(why).sort(), expected.map(({ id }) => id).sort());

  const guest = anonymous('a');
  t.same((await guest.get('/api/shop/greeting')).body, { greeting: `Welcome to ${stores.a.name}` });
  t.same((await guest.get('/api/shop/sign')).body, { text: 'open' }, 'the text before a wrong result stands');
  t.same((await guest.get('/api/shop/carousel')).body, { turns: 0 }, 'an endless handler ends at its budget');
});

function foldersOf(name: string): URL[] {
  const place = new URL(`${name}/`, folder);
  const names = readdirSync(place);
  return names.includes('plugin.json') ? [new URL(name, folder)] : names.map((one) => new URL(one, place));
}

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { checkPlugin } from '../../scripts/passport/index.ts';
import { BAD, folder, HOOK_LIMIT } from './bad-plugins.ts';

t.test('has an expectation for each of the bad examples', async (t) => {
  const names = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory());
  t.same(names.map(({ name }) => name).sort(), Object.keys(BAD).sort());
});

for (const [name, { rule, says }] of Object.entries(BAD)) {
  t.test(`fails ${name} on the rule '${rule}', and on no other`, async (t) => {
    const { passed, rules } = await checkPlugin(fileURLToPath(new URL(name, folder)), {
      hookLimit: HOOK_LIMIT,
    });

    const broken = rules.filter((one) => !one.passed);
    t.equal(passed, false);
    t.same(
      broken.map((one) => one.rule),
      [rule],
    );
    t.match(broken[0]?.sentence, says);
  });
}

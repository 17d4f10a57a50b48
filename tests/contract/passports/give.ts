import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { checkPlugin, RULES } from '../../../scripts/passport/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Every plugin of a folder whose name fits, two at a time: each is checked in a process and a database of its own. */
export function givePassports(folder: 'plugins' | 'examples', isWanted: RegExp): void {
  t.jobs = 2;
  t.setTimeout(240_000);
  const isPlugin = (name: string) => existsSync(join(root, folder, name, 'plugin.json'));
  for (const name of readdirSync(join(root, folder)).filter(
    (name) => isWanted.test(name) && isPlugin(name),
  )) {
    t.test(`gives a passport to ${folder}/${name}`, { buffered: true }, async (t) => {
      const { passed, rules } = await checkPlugin(join(root, folder, name));
      t.same(
        rules.filter((one) => !one.passed),
        [],
      );
      t.same(
        rules.map(({ rule }) => rule),
        RULES,
      );
      t.equal(passed, true);
    });
  }
}

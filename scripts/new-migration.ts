import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Adds the next step to a plugin's schema: `npm run new:migration PLUGIN WORDS`, e.g. `notes add colour`. The plugin is an
 * id under plugins/, or a folder.
 */
const [plugin, ...words] = process.argv.slice(2);

try {
  console.log(`Made ${relative(process.cwd(), newMigration(plugin, words))}`);
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function newMigration(name: string | undefined, said: readonly string[]): string {
  const phrase = said.join('-').toLowerCase();
  if (!name || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(phrase)) {
    throw new TypeError(
      'Expected a plugin and what the step does in plain words: npm run new:migration notes add colour',
    );
  }
  const bundled = fileURLToPath(new URL(`../plugins/${name}`, import.meta.url));
  const folder = existsSync(join(name, 'plugin.json')) ? name : bundled;
  if (!existsSync(join(folder, 'plugin.json')))
    throw new TypeError(`Expected a plugin in ${folder}, found no plugin.json there`);
  const place = join(folder, 'migrations');
  mkdirSync(place, { recursive: true });
  const files = readdirSync(place)
    .filter((file) => /^\d{4}-/.test(file))
    .sort();
  const number = `${Number(files.at(-1)?.slice(0, 4) ?? 0) + 1}`.padStart(4, '0');
  const ending = existsSync(join(folder, 'index.ts')) ? 'ts' : 'js';
  const file = join(place, `${number}-${phrase}.${ending}`);
  const { id } = JSON.parse(readFileSync(join(folder, 'plugin.json'), 'utf8')) as { id: string };
  writeFileSync(file, step(id.replaceAll('-', '_')));
  return file;
}

/** A step to change: what it stands for, a column that may be missing, can be added while others serve. */
function step(schema: string): string {
  return `import { defineMigration } from 'kontor/sdk';

export default defineMigration({
  up: ['alter table ${schema}.entries add column note text'],
  down: ['alter table ${schema}.entries drop column note'],
});
`;
}

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONTRACT_VERSION } from 'kontor/sdk';
import { filesFor, namesOf } from './new-plugin/files.ts';

/* Makes a plugin that works and is tested: `npm run new:plugin NAME [FOLDER]`; the folder is plugins/ when left out. */
const [name, folder = fileURLToPath(new URL('../plugins', import.meta.url))] = process.argv.slice(2);

try {
  if (name === undefined) throw new TypeError('Expected a name: npm run new:plugin gift-notes');
  const place = join(folder, name);
  const files = filesFor(namesOf(name), CONTRACT_VERSION);
  if (existsSync(place))
    throw new TypeError(`${place} is there already; choose another name, or remove it first`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  const shown = relative(process.cwd(), place);
  console.log(
    `Made ${shown}. Its test passes already:\n\n  npx node --import ./sdk/register.js ${shown}/tests/${name}.test.ts`,
  );
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

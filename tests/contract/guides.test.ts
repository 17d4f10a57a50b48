import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { checkPlugin } from '../../scripts/passport/index.ts';
import { codeIn, pages, root } from './pages.ts';

const run = promisify(execFile);
const HOME = join(root, '.kontor'); // inside the root, so that `kontor/sdk` is found as a plugin finds it
const FIRST_PLUGIN = 'docs/guides/first-plugin.md';

t.test('code in the pages compiles', async (t) => {
  const folder = temporaryFolder(t);
  const written = pages
    .filter(({ file }) => file !== FIRST_PLUGIN && !file.startsWith('docs/reference/'))
    .flatMap((page) => codeIn(page, 'ts').map(({ code }) => ({ page: page.file, code })));
  written.forEach(({ page, code }, index) => {
    writeFileSync(join(folder, `${index}-${page.replaceAll(/\W/g, '-')}.ts`), code);
  });

  t.ok(written.length > 5);
  t.equal(await compile(folder), '');
});

t.setTimeout(120_000); // it is a whole hour of somebody's work

t.test('the first plugin can be made as the guide says', async (t) => {
  const folder = temporaryFolder(t);
  const plugin = join(folder, 'notes');
  const guide = pages.find(({ file }) => file === FIRST_PLUGIN)!;
  const test = ['--import', './sdk/register.js', join(plugin, 'tests/notes.test.ts')];

  await node('scripts/new-plugin.ts', 'notes', folder);
  await node('scripts/new-migration.ts', plugin, 'count', 'days');
  const files = ['ts', 'json'].flatMap((language) => codeIn(guide, language)).filter(({ file }) => file);
  t.ok(files.length > 7);
  for (const { file, code } of files) {
    const place = join(folder, file!.replace(/^plugins\//, ''));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, code);
  }
  t.equal(await compile(folder), '', 'its code compiles');
  await t.resolves(node(...test), 'its promises are kept');
  const { passed, rules } = await checkPlugin(plugin);
  t.ok(passed, rules.findLast((rule) => !rule.passed)?.sentence ?? 'the passport is given');
});

function temporaryFolder(t: { teardown(work: () => void): void }): string {
  mkdirSync(HOME, { recursive: true });
  const folder = mkdtempSync(join(HOME, 'guide-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs Node from the root; rejects with what it said when it does not end well. */
function node(...words: string[]): Promise<{ stdout: string }> {
  return run(process.execPath, words, { cwd: root });
}

/** What the compiler says of all code in a folder; nothing when it is right. */
async function compile(folder: string): Promise<string> {
  const config = {
    extends: join(root, 'tsconfig.json'),
    include: ['.', join(root, 'plugins/*/contract.ts')], // a reader's plugin knows the bundled ones
    exclude: [],
    compilerOptions: { noUnusedLocals: false },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  return node(join(root, 'node_modules/typescript/bin/tsc'), '-p', folder).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

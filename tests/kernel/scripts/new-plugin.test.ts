import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { checkPlugin } from '../../../scripts/passport/index.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const run = (script: string, ...args: string[]) =>
  `${execFileSync(process.execPath, ['--import', './sdk/register.js', script, ...args], { cwd: root, stdio: 'pipe' })}`;
const refusal = (script: string, ...args: string[]) => {
  try {
    return run(script, ...args);
  } catch (error) {
    return `${(error as { stderr: Buffer }).stderr}`;
  }
};

/** Below the root, so that the new plugin's test finds our libraries. */
function aFolder(test: { teardown(work: () => void): void }): string {
  mkdirSync(join(root, '.kontor'), { recursive: true });
  const folder = mkdtempSync(join(root, '.kontor', 'new plugins '));
  test.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

t.test('makes a plugin whose own test passes, and that gets a passport', async (t) => {
  const folder = aFolder(t);
  run('scripts/new-plugin.ts', 'gift-notes', folder);
  const place = join(folder, 'gift-notes');

  t.match(run(join(place, 'tests/gift-notes.test.ts')), /^ok 2 - lets only those write who may/m);
  t.match(refusal('scripts/new-plugin.ts', 'gift-notes', folder), /is there already; choose another name/);

  const { rules } = await checkPlugin(place);
  t.same(
    rules.filter(({ passed }) => !passed),
    [],
  );
});

t.test('adds the next step to a schema, and the plugin still passes its test', async (t) => {
  const folder = aFolder(t);
  run('scripts/new-plugin.ts', 'gift-notes', folder);
  const place = join(folder, 'gift-notes');

  run('scripts/new-migration.ts', place, 'add', 'a', 'note');

  t.match(
    readFileSync(join(place, 'migrations/0002-add-a-note.ts'), 'utf8'),
    'alter table gift_notes.entries add column note text',
  );
  t.match(run(join(place, 'tests/gift-notes.test.ts')), /^ok 2 - lets only those write who may/m);
});

t.test('says what it expected when a name is none', async (t) => {
  t.match(
    refusal('scripts/new-plugin.ts', 'Gift Notes', aFolder(t)),
    /Expected a name such as gift-notes.*got 'Gift Notes'/,
  );
  t.match(refusal('scripts/new-plugin.ts'), /Expected a name: npm run new:plugin gift-notes/);
  t.match(refusal('scripts/new-migration.ts', 'nowhere', 'add', 'note'), /found no plugin\.json there/);
  t.match(refusal('scripts/new-migration.ts', 'nowhere'), /Expected a plugin and what the step does/);
});

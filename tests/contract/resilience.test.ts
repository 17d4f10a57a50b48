import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { pages, root } from './pages.ts';

const page = pages.find(({ file }) => file === 'docs/reference/resilience.md')!;
const rows = page.text.split('\n').filter((line) => /^\| (?!---|.*\| then \|)/.test(line));
/** One or several of `path`: title, the latter as it stands in the test, or a part of it. */
const PROOF = /`([\w./-]+\.test\.ts)`: (.+?)(?=; `|$)/g;

t.test('every row of what happens when something is down names tests that are there', (t) => {
  t.ok(rows.length > 30);
  const faults = rows.flatMap((row) => {
    const proofs = [...row.split('|').at(-2)!.trim().matchAll(PROOF)];
    if (proofs.length === 0) return [`no proof: ${row}`];
    return proofs
      .filter(([, file, title]) => !(existsSync(join(root, file!)) && textOf(file!).includes(title!)))
      .map(([whole]) => whole);
  });
  t.same(faults, []);
  t.end();
});

function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

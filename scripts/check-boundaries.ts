import { fileURLToPath } from 'node:url';
import { brokenBoundaries } from './boundaries/check.ts';

/* Who may import whom: `node scripts/check-boundaries.ts [ROOT]`. The table is scripts/boundaries/rules.ts. */
const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const broken = brokenBoundaries(root);
for (const sentence of broken) console.error(sentence);
if (broken.length > 0) {
  console.error(
    `\n${broken.length} import(s) cross a boundary. Move what is needed, or reach it as a service, a hook or a point.`,
  );
  process.exitCode = 1;
}

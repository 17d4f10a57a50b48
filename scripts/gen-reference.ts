import { writeFileSync } from 'node:fs';
import { pages } from './reference/pages.ts';

/* Writes docs/reference from the code: `npm run gen:reference`. A test compares, so that no page can fall behind. */
for (const [file, page] of Object.entries(pages)) {
  writeFileSync(new URL(`../docs/reference/${file}`, import.meta.url), await page());
  console.log(`docs/reference/${file}`);
}

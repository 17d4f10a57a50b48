import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const kernel = fileURLToPath(new URL('../../kernel', import.meta.url));
const files = readdirSync(kernel, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, lines: readFileSync(join(kernel, file), 'utf8').split('\n') }));

/** Words of shops. The kernel knows none of them: what they mean is a plugin's. */
const COMMERCE =
  /\b(carts?|products?|invoices?|invoicing|checkouts?|catalogues? of goods|prices?|vat|shipping|shipments?|refunds?|coupons?|discounts?|skus?|baskets?|vouchers?|orders? number|letzshop)\b/i;

t.test('the kernel knows no commerce', (t) => {
  const found = files.flatMap(({ file, lines }) =>
    lines.flatMap((line, index) => (COMMERCE.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );
  t.same(found, []);
  t.end();
});

/** What it takes today, against an aim of 5,000: docs/decisions/0015-the-size-of-the-kernel.md. It may only fall. */
const LINES = 11_190;

t.test('the kernel does not grow', (t) => {
  const total = files.reduce((sum, { lines }) => sum + lines.length - 1, 0);
  t.ok(total <= LINES, `${total} lines`);
  t.end();
});

t.test('a file of the kernel is read in one sitting', (t) => {
  const sizes = files.map(({ lines }) => lines.length).sort((one, other) => one - other);
  const median = sizes[Math.floor(sizes.length / 2)]!;
  t.ok(median <= 72, `half of the files have ${median} lines or fewer`);
  const long = files
    .filter(({ file, lines }) => lines.length > 300 && file !== 'parts.ts')
    .map(({ file }) => file);
  t.same(long, [], 'none has more than 300 but the page of contracts');
  t.end();
});

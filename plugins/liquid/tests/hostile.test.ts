import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { endOf, HOSTILE } from './hostile.ts';
import { engine } from './rendered.ts';

const CHILD = fileURLToPath(new URL('./hostile-child.ts', import.meta.url));
const REGISTER = fileURLToPath(new URL('../../../sdk/register.js', import.meta.url));
const MEGABYTE = 1024; // kilobytes

type Ended = { end: string; left: number; says: boolean };

const room = ['--max-old-space-size=64', '--max-semi-space-size=8'];
const { stdout } = await promisify(execFile)(process.execPath, [...room, `--import=${REGISTER}`, CHILD]);
const { ends, grownKilobytes } = JSON.parse(stdout) as {
  ends: Record<string, Ended>;
  grownKilobytes: number;
};

t.test('ends each hostile template in the way and the words it should', (t) => {
  for (const [name, hostile] of Object.entries(HOSTILE))
    t.match(ends[name], { end: hostile.ends, says: true }, name);
  t.ok(Object.keys(HOSTILE).length >= 38);
  t.end();
});

t.test('spends on each a bounded amount, the same each time', (t) => {
  for (const [name, hostile] of Object.entries(HOSTILE)) {
    const { left } = ends[name]!;
    t.ok(left > 1_000_000, `${name}: less than a page, and more than any other part needs`);
    t.equal(endOf(hostile, engine).left, left, name);
  }
  t.end();
});

t.test('takes less than 100 MB for all of them, one after the other', (t) => {
  t.ok(grownKilobytes < 100 * MEGABYTE, `${Math.round(grownKilobytes / MEGABYTE)} MB`);
  t.end();
});

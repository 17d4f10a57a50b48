import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Bench } from '../tests/bench/support/measure.ts';

// `npm run bench [-- prefix]` prints one JSON object a line: { name, value, unit, against }. Each figure is measured in a
// process of its own, so that none inherits the heap of another.
const FOLDER = new URL('../tests/bench/', import.meta.url);
const [first = '', file] = process.argv.slice(2);

if (first === '--file' && file !== undefined) await measure(file);
else await runAll(first);

async function runAll(prefix: string): Promise<void> {
  const files = (await readdir(FOLDER))
    .filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts'))
    .sort();
  const benches = await Promise.all(files.map(async (one) => ({ file: one, name: (await load(one)).name })));
  const wanted = benches.filter(({ name }) => name.startsWith(prefix));
  if (wanted.length === 0) {
    const names = benches.map(({ name }) => name).join(', ');
    process.stderr.write(`Nothing to measure begins with '${prefix}'; there are: ${names}\n`);
    process.exitCode = 1;
  }
  for (const one of wanted) {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--file', one.file], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) process.exitCode = 1;
  }
}

async function measure(name: string): Promise<void> {
  const bench = await load(name);
  const { value, unit, against } = await bench.run();
  process.stdout.write(`${JSON.stringify({ name: bench.name, value, unit, against })}\n`);
}

async function load(name: string): Promise<Bench> {
  return import(pathToFileURL(fileURLToPath(new URL(name, FOLDER))).href);
}

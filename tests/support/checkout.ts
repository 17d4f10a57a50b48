import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';

const root = fileURLToPath(new URL('../../', import.meta.url));
const PARTS = ['kernel', 'sdk', 'migrations', 'plugins', 'scripts', 'tests', 'package.json', 'node_modules'];

export const isRoot = process.getuid?.() === 0;
/** An ordinary user: `nobody` for root, else whoever runs the tests. */
export const ordinary: { uid?: number; gid?: number } = isRoot ? { uid: 65_534, gid: 65_534 } : {};

/** A folder under /tmp that every user can enter, removed at the end. tap's own may lie where others cannot go. */
export function openFolder(t: Pick<Test, 'teardown'>): string {
  const folder = mkdtempSync('/tmp/kontor test ');
  chmodSync(folder, 0o755);
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A second checkout of this code, with everything that npm installed. */
export function copyCheckout(to: string): string {
  mkdirSync(to, { recursive: true });
  for (const part of PARTS) {
    try {
      execFileSync('cp', ['-al', join(root, part), to], { stdio: 'ignore' });
    } catch {
      execFileSync('cp', ['-a', join(root, part), to]); // another disk, or files of somebody else
    }
  }
  return to;
}

/** Runs a program of a checkout under this Node; its lines of JSON can be waited for. */
export function run(input: {
  checkout?: string;
  program: string;
  args: readonly string[];
  user?: { uid?: number; gid?: number };
}) {
  const { checkout = root, program, args, user = {} } = input;
  const node = join(checkout, 'node_modules/.bin/node');
  const options = ['--import', join(checkout, 'sdk/register.js'), join(checkout, program), ...args];
  const child = spawn(node, options, { cwd: dirname(checkout), ...user, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));

  /** The next line that tells of this event. Lines before it are passed over. */
  async function told<Line extends object>(event: string): Promise<Line> {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`Expected '${event}' from ${program}, but it ended`);
      const line = JSON.parse(value) as Line & { event: string };
      if (line.event === event) return line;
      if (['refused', 'error'].includes(line.event)) throw new Error(`Expected '${event}', got ${value}`);
    }
  }
  return { child, ended, told };
}

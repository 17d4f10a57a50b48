import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';

const root = fileURLToPath(new URL('../../', import.meta.url));

export type KontorOptions = {
  /** Another copy of this code. */
  checkout?: string;
  home: string;
  env?: Record<string, string>;
  user?: { uid?: number; gid?: number };
  /** For Node itself, in front of the launcher. */
  nodeOptions?: readonly string[];
};

function launch(words: readonly string[], options: KontorOptions) {
  const { checkout = root, home, env = {}, user = {}, nodeOptions = [] } = options;
  const child = spawn(process.execPath, [...nodeOptions, join(checkout, 'scripts/kontor.cjs'), ...words], {
    ...user,
    cwd: checkout,
    // Most want a platform, not a shop: that takes longer than all else.
    env: { PATH: process.env.PATH, KONTOR_HOME: home, KONTOR_DEMO: 'off', ...env },
  });
  const said = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.error += text;
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  return { child, said, ended };
}

/** Runs a command to its end. */
export async function kontor(words: readonly string[], options: KontorOptions) {
  const { said, ended } = launch(words, options);
  return { ...(await ended), ...said };
}

/** Runs `kontor start` on a free port until it says that it is ready. */
export async function startKontor(t: Pick<Test, 'teardown'>, options: KontorOptions) {
  const started = launch(['start'], { ...options, env: { PORT: '0', ...options.env } });
  t.teardown(() => started.child.kill('SIGKILL'));
  await new Promise<void>((resolve, reject) => {
    started.child.stdout.on('data', () => started.said.out.includes('/readyz') && resolve());
    started.ended.then(({ code }) =>
      reject(
        new Error(
          `Expected Kontor to start, it ended with ${code}:\n${started.said.out}${started.said.error}`,
        ),
      ),
    );
  });
  const origin = /Platform\s+(http:\S+)/.exec(started.said.out)?.[1] ?? '';
  return { ...started, origin };
}

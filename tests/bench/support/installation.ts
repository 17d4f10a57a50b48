import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const KONTOR = fileURLToPath(new URL('../../../scripts/kontor.cjs', import.meta.url));
const PATIENCE = 60_000; // ms; a cold start has 15 s

/** An installation of its own in an empty folder, started as anybody would, with all bundled plugins. */
export async function withInstallation<Value>(
  work: (start: () => Promise<Started>) => Promise<Value>,
): Promise<Value> {
  const home = await mkdtemp(join(tmpdir(), 'kontor-bench-home-'));
  const running = new Set<Started>();
  try {
    return await work(async () => {
      const started = await start(home);
      running.add(started);
      return started;
    });
  } finally {
    for (const started of running) await started.stop();
    await rm(home, { recursive: true, force: true });
  }
}

export type Started = {
  /** Milliseconds from the command to a `/readyz` that says yes. */
  took: number;
  /** Megabytes of memory the Node process holds. */
  memory(): Promise<number>;
  stop(): Promise<void>;
};

async function start(home: string): Promise<Started> {
  const port = await freePort();
  const { DATABASE_URL: _, ...inherited } = process.env;
  const env = { ...inherited, KONTOR_HOME: home, PORT: String(port), KONTOR_LOG_LEVEL: 'error' };
  const began = performance.now();
  const child = spawn(process.execPath, [KONTOR, 'start'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes) => {
    said += bytes;
  });
  while (!(await isReady(port))) {
    if (child.exitCode !== null || performance.now() - began > PATIENCE) {
      throw new Error(`Expected \`kontor start\` to become ready, got exit code ${child.exitCode}: ${said}`);
    }
    await pause(10);
  }
  return {
    took: performance.now() - began,
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

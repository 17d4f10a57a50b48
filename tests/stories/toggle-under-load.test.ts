import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import type { PluginChange } from '../../kernel/parts.ts';

const plugins = new URL('../../examples/', import.meta.url);
const RATE = 200; // requests a second, over both processes
const WITHIN = 1000; // ms from the change until every process follows it

type Seen = { at: number; status: number; body: string; node: string };

t.setTimeout(120_000);

t.test(
  'a plugin goes off and on for one store, then for all, during load: no error, no mixed answer, everywhere within a second',
  async (t) => {
    const started = await startTestKernel(t, { plugins: [new URL('smallest-plugin', plugins)] });
    const { kernel, stores } = started;
    const other = await secondProcess(t, kernel.database.target('admin'));
    const own = kernel.address!;
    const seen: Seen[] = [];
    const load = sendSteadily({ nodes: [own, other], host: stores.a.host, seen });
    const untouched = sendSteadily({ nodes: [own, other], host: stores.b.host, seen: [] });

    await pause(500);
    const changes: { began: number; at: number; wanted: 200 | 404 }[] = [];
    const turn = async (action: 'disable' | 'enable', scope: PluginChange['scope']) => {
      const began = performance.now();
      await kernel.plugins.apply(await kernel.plugins.plan({ action, plugin: 'smallest-plugin', scope }));
      changes.push({ began, at: performance.now(), wanted: action === 'enable' ? 200 : 404 });
      await pause(WITHIN + 300);
    };
    for (const action of ['disable', 'enable', 'disable', 'enable'] as const) {
      await turn(action, { storeId: stores.a.id });
    }
    const { statuses } = await untouched.stop();
    for (const action of ['disable', 'enable'] as const) await turn(action, 'platform');
    await load.stop();

    t.ok(seen.length > RATE * 3, `${seen.length} requests to two processes`);
    t.same(
      [...new Set(seen.map(({ status }) => status))].sort(),
      [200, 404],
      'nothing but the answer or its absence',
    );
    const bodies = new Set(
      seen.map(({ status, body }) => `${status} ${body.includes('Welcome to Store a')}`),
    );
    t.same([...bodies].sort(), ['200 true', '404 false'], 'each answer is whole');
    for (const [index, { at, wanted }] of changes.entries()) {
      const until = changes[index + 1]?.began ?? Infinity;
      const settled = seen.filter((answer) => answer.at > at + WITHIN && answer.at < until - 100);
      t.ok(settled.length > 0);
      t.same(
        settled.filter(({ status }) => status !== wanted),
        [],
        `change ${index + 1} reached every process within a second`,
      );
    }
    t.same(statuses, [200], 'the other store noticed nothing');
  },
);

async function secondProcess(
  t: { teardown(work: () => Promise<void>): void },
  target: object,
): Promise<string> {
  const script = fileURLToPath(new URL('../support/node-child.ts', import.meta.url));
  const bundled = await mkdtemp(join(tmpdir(), 'kontor-load-'));
  await symlink(fileURLToPath(new URL('smallest-plugin', plugins)), join(bundled, 'smallest-plugin'));
  const child = spawn(
    process.execPath,
    ['--import', './sdk/register.js', script, JSON.stringify({ target, bundled })],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  t.teardown(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    await rm(bundled, { recursive: true });
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return line.toString().trim();
}

/** Asks in turn, at a steady rate, whatever the answers take. */
function sendSteadily({ nodes, host, seen }: { nodes: string[]; host: string; seen: Seen[] }) {
  const waiting: Promise<unknown>[] = [];
  let turn = 0;
  const timer = setInterval(() => {
    const node = nodes[turn % nodes.length]!;
    turn += 1;
    waiting.push(ask(node, host).then((answer) => seen.push({ ...answer, node })));
  }, 1000 / RATE);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(waiting);
      return { statuses: [...new Set(seen.map(({ status }) => status))] };
    },
  };
}

function ask(node: string, host: string): Promise<Omit<Seen, 'node'>> {
  const at = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(`${node}/api/shop/greeting`, { headers: { host } }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ at, status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

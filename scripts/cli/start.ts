import { createConfig } from '../config/index.ts';
import type { Config, Kernel } from '../../kernel/parts.ts';
import type { SignIn } from '../first-start.ts';
import { aligned } from './aligned.ts';
import type { Command } from './command.ts';
import { freePort } from './free-port.ts';
import { furnish, signInLines } from './furnishing.ts';
import { openKernel } from './open-kernel.ts';

const TWICE = 300; // ms; npm passes a signal on that the terminal has sent to everybody already

export default {
  async run() {
    const began = performance.now();
    const config = await checkedConfig();
    const stopping = untilAskedToStop(); // also during the start: what was opened is closed, PostgreSQL too
    const kernel = await openKernel(config, 'ready');
    const { signIns, year } = await furnish(kernel);
    process.stdout.write(`${await welcome({ kernel, signIns, took: performance.now() - began })}\n`);
    const told = year.catch((error: unknown) =>
      kernel.log.error({ err: error }, 'the demo has no whole year of orders'),
    );
    await stopping;
    await Promise.race([told, kernel.stop()]);
    await kernel.stop();
    return undefined;
  },
} satisfies Command;

/** A taken port is told at once, not after everything has started; links name the port that 0 turned into. */
async function checkedConfig(): Promise<Config> {
  const config = createConfig(process.env);
  const port = await freePort(config.http);
  return port === config.http.port ? config : createConfig({ ...process.env, PORT: String(port) });
}

function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const asked = () => {
      const now = performance.now();
      first ??= now;
      if (now - first > TWICE) {
        process.stderr.write('Stopped at once; what was running is taken up again at the next start\n');
        process.exit(130);
      }
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, asked);
  });
}

async function welcome(input: { kernel: Kernel; signIns: readonly SignIn[]; took: number }): Promise<string> {
  const { kernel, signIns, took } = input;
  const { role, http } = kernel.config;
  const { platformOrigin } = http;
  const scheme = new URL(platformOrigin).protocol;
  const stores = await kernel.tenancy.admin.list({ limit: 5 });
  const hasDescription = kernel.http.routes.some(({ address }) => address === '/api/openapi.json');
  const lines =
    role === 'worker' // which nobody calls but who looks after it
      ? [['Readiness', `http://${http.host}:${http.port}/readyz`]]
      : [
          ['Platform', platformOrigin],
          ...stores.map(({ name, host }) => [name, `${scheme}//${host}`]),
          ...(hasDescription ? [['API description', `${platformOrigin}/api/openapi.json`]] : []),
          ['Readiness', `${platformOrigin}/readyz`],
        ];
  const setAside = (await kernel.plugins.list()).filter(({ quarantine }) => quarantine);
  return [
    '',
    `Kontor is ready${role === 'all' ? '' : ` as ${role}`} (${(took / 1000).toFixed(1)} s). Ctrl-C stops it.`,
    '',
    ...aligned(lines),
    ...(signIns.length > 0 ? ['', 'First sign-ins, shown only now:', '', ...signInLines(signIns)] : []),
    ...setAside.map(({ id, quarantine }) => `\nThe plugin ${id} is set aside: ${quarantine}`),
    '',
  ].join('\n');
}

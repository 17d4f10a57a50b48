import { connectionTarget, createConfig } from '../config/index.ts';
import { enterAs } from '../../kernel/context.ts';
import { openEmbedded } from '../embedded/index.ts';
import { type StartOptions, startKernel } from '../../kernel/kernel.ts';
import type { Config, ConnectionTarget, Kernel, KernelLog } from '../../kernel/parts.ts';
import { commandLog } from './readable-log.ts';

export type Targets = {
  target: ConnectionTarget;
  directTarget: ConnectionTarget;
  /** Leaves the embedded PostgreSQL, if it is one. */
  leave(): Promise<void>;
};

/** The database that the configuration names, or the embedded one. */
export async function openDatabase(config: Config, log: KernelLog): Promise<Targets> {
  const { url, directUrl } = config.database;
  if (!url) {
    const { target, stop } = await openEmbedded({ home: config.home, log });
    return { target, directTarget: target, leave: stop };
  }
  const target = connectionTarget(url);
  return {
    target,
    directTarget: directUrl ? connectionTarget(directUrl) : target,
    leave: async () => undefined,
  };
}

/** The kernel on its database; `stop` closes both. */
export async function openKernel(config: Config, until: StartOptions['until']): Promise<Kernel> {
  const log = commandLog(config);
  const { leave, ...targets } = await openDatabase(config, log);
  try {
    const kernel = await startKernel({ config, log, ...targets, ...(until ? { until } : {}) });
    return {
      ...kernel,
      async stop() {
        await kernel.stop();
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** Runs a command's work with a kernel that neither listens nor works off jobs. It logs errors only, unless told more. */
export async function withKernel<Value>(
  command: string,
  work: (kernel: Kernel) => Promise<Value>,
  until: StartOptions['until'] = 'control',
): Promise<Value> {
  const kernel = await openKernel(quietConfig(), until);
  try {
    return await enterAs({ actor: { kind: 'system', reason: `kontor ${command}` } }, () => work(kernel));
  } finally {
    await kernel.stop();
  }
}

export function quietConfig(): Config {
  return createConfig({ ...process.env, KONTOR_LOG_LEVEL: process.env.KONTOR_LOG_LEVEL || 'error' });
}

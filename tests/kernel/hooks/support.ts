import type { Cradle, Manifest, PluginDefinition } from 'kontor/sdk';
import { within, type StoreContext } from '../../../kernel/context.ts';
import { createCompile } from '../../../kernel/hooks/compile.ts';
import { createFilters } from '../../../kernel/hooks/filters.ts';
import type { KernelLog, LoadedPlugin } from '../../../kernel/parts.ts';
import { createMetrics } from '../../../kernel/metrics/index.ts';
import { createEnter } from '../../../kernel/plugins/enter.ts';
import { silentLog } from '../../support/database.ts';

/** A definition whose names are this test's own, which the open interfaces do not know. */
export type LooseDefinition = {
  declares?: PluginDefinition['declares'];
  filters?: Record<string, (value: never) => unknown>;
  guards?: Record<string, (subject: never) => unknown>;
  events?: Record<string, (event: never) => unknown>;
};

export function aPlugin(
  manifest: Partial<Manifest> & { id: string },
  definition: LooseDefinition = {},
): LoadedPlugin {
  return {
    manifest: { version: '1.0.0', title: manifest.id, requires: '^1.0.0', ...manifest },
    folder: `/plugins/${manifest.id}`,
    source: 'bundled',
    definition: definition as PluginDefinition,
    services: {} as Cradle,
  };
}

export function aClock(start = '2026-11-23T12:00:00Z') {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    forward(milliseconds: number) {
      now += milliseconds;
    },
  };
}

/** A log that keeps what it was told. */
export function aLog() {
  const lines: { level: string; message: string; details: Record<string, unknown> }[] = [];
  const at = (level: string) => (details: Record<string, unknown>, message: string) =>
    void lines.push({ level, message, details });
  const log: KernelLog = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => log,
  };
  return { log, lines };
}

/** Filters and guards of some plugins, without a database. */
export function startFilters(...plugins: LoadedPlugin[]) {
  const clock = aClock();
  const metrics = createMetrics();
  const { log, lines } = aLog();
  const compile = createCompile();
  let compiled = compile(plugins);
  const hooks = createFilters({
    clock,
    metrics,
    log,
    hooks: () => compiled,
    enter: createEnter({ metrics, log: silentLog() }),
    savepoints: { release: async () => undefined, rollback: async () => undefined },
  }) as unknown as LooseHooks;
  const follow = (...next: LoadedPlugin[]) => {
    compiled = compile(next);
  };
  return { hooks, follow, clock, metrics, lines };
}

/** The hooks, for names that the open interfaces do not know. */
export type LooseHooks = {
  filter(name: string, value: unknown): Promise<unknown>;
  guard(name: string, subject: unknown): Promise<unknown>;
  trace<Value>(work: () => Promise<Value>): Promise<{ value: Value; steps: Record<string, unknown>[] }>;
};

/** Runs work in a store where these plugins are on. */
export function whereOn<Value>(plugins: readonly string[], work: () => Value): Value {
  const store = { gate: { plugins: new Set(plugins) } } as unknown as StoreContext;
  return within({ store }, work);
}

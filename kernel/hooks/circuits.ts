import type { KernelServices } from 'kontor/sdk';
import type { KernelLog } from '../parts.ts';
import type { Handler, Hook } from './compile.ts';

/** How one handler fares on this node. Times are milliseconds since 1970, 0 for never. */
export type Circuit = { faults: number; offUntil: number; loggedAt: number };

const MOST_FAULTS = 5; // in a row
const OFF_FOR = 60_000;
const LOG_EVERY = 60_000;

/** Counts faults of handlers, and leaves out for a minute who fails five times in a row. */
export function createCircuits(deps: {
  clock: KernelServices['clock'];
  log: KernelLog;
  metrics: KernelServices['metrics'];
}) {
  const { clock, log, metrics } = deps;
  const faults = metrics.counter('kontor_hook_faults_total', 'Answers of hook handlers that were set aside');
  const switched = metrics.counter(
    'kontor_hook_handlers_off_total',
    'Times a hook handler was left out for a minute',
  );

  return {
    /** Whether the handler is left out now. After its minute one call is let through and decides. */
    isOff({ circuit }: Handler): boolean {
      if (circuit.offUntil === 0) return false;
      const now = clock.now().getTime();
      if (now < circuit.offUntil) return true;
      circuit.offUntil = now + OFF_FOR;
      return false;
    },
    worked({ circuit }: Handler): void {
      if (circuit.faults === 0) return;
      circuit.faults = 0;
      circuit.offUntil = 0;
    },
    failed(hook: Hook, { plugin, version, circuit }: Handler, fault: string, error: unknown): void {
      const now = clock.now().getTime();
      const details = {
        hook: `${hook.kind} ${hook.name}`,
        plugin,
        version,
        fault,
        ...(error ? { err: error } : {}),
      };
      faults.add(1, { hook: hook.name, plugin });
      circuit.faults += 1;
      if (circuit.faults >= MOST_FAULTS) {
        circuit.offUntil = now + OFF_FOR;
        switched.add(1, { hook: hook.name, plugin });
        log.error(
          details,
          `a hook handler failed ${circuit.faults} times in a row and is left out for a minute`,
        );
      } else if (now - circuit.loggedAt >= LOG_EVERY) {
        circuit.loggedAt = now;
        log.warn(details, 'the answer of a hook handler was set aside');
      }
    },
  };
}
export type Circuits = ReturnType<typeof createCircuits>;

import type { Handler, Hook } from './compile.ts';
import type { HooksInput } from './input.ts';

/** What a handler answered, or why it was set aside. */
export type Outcome = { answer?: unknown; fault?: string | undefined; error?: unknown };

const MOST_FAULTS = 5; // in a row
const OFF_FOR = 60_000;
const LOG_EVERY = 60_000;

/**
 * Counts faults of handlers on this node, and leaves out for a minute who fails five times in a row. Counts stand over a
 * change of the set; a new version starts afresh.
 */
export function createCircuits({ clock, log, metrics }: Pick<HooksInput, 'clock' | 'log' | 'metrics'>) {
  const counter = metrics.counter('kontor_hook_faults_total', 'Answers of hook handlers that were set aside');
  // Of handlers that ever failed. Times are milliseconds since 1970.
  const circuits = new Map<string, { faults: number; offUntil: number; loggedAt: number }>();

  return {
    /** Whether the handler is left out now. After its minute one call is let through and decides. */
    isOff({ id }: Handler): boolean {
      const circuit = circuits.get(id);
      if (!circuit || circuit.faults < MOST_FAULTS) return false;
      const now = clock.now().getTime();
      if (now < circuit.offUntil) return true;
      circuit.offUntil = now + OFF_FOR;
      return false;
    },
    note(hook: Hook, { id, plugin, version }: Handler, { fault, error }: Outcome): void {
      const circuit = circuits.get(id) ?? { faults: 0, offUntil: 0, loggedAt: 0 };
      if (fault === undefined) {
        circuit.faults = 0;
        return;
      }
      circuits.set(id, circuit);
      const now = clock.now().getTime();
      const details = { hook: `${hook.kind} ${hook.name}`, plugin, version, fault, err: error };
      counter.add(1, { hook: hook.name, plugin });
      circuit.faults += 1;
      circuit.offUntil = now + OFF_FOR;
      if (circuit.faults >= MOST_FAULTS) {
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

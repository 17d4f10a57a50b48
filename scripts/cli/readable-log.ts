import { inspect, styleText } from 'node:util';
import { type DestinationStream, destination } from 'pino';
import { current } from '../../kernel/context.ts';
import { createLog } from '../../kernel/log/index.ts';
import type { Config, KernelLog } from '../../kernel/parts.ts';

const COLOURS = { debug: 'gray', info: 'green', warn: 'yellow', error: 'red' } as const;
type Line = Record<string, unknown> & { level: keyof typeof COLOURS; time: string; msg?: string };

/** The log of a command: for people where the configuration says so, else for machines. */
export function commandLog(
  config: Config,
  stream: DestinationStream = destination({ dest: 2, sync: true }),
): KernelLog {
  return createLog({ config, context: current, stream: config.log.pretty ? readable(stream) : stream });
}

/** Turns lines for machines into lines for people: `09:31:02 info  demo notes: Note kept  id=12`. */
function readable(stream: DestinationStream): DestinationStream {
  return { write: (line) => stream.write(`${sentence(JSON.parse(line) as Line)}\n`) };
}

function sentence(line: Line): string {
  const { level, time, msg, pid, hostname, store, storeId, plugin, requestId, err, ...details } = line;
  const from = [store, plugin].filter(Boolean).join(' ');
  const pairs = Object.entries(details).map(
    ([key, value]) => `${key}=${inspect(value, { breakLength: Infinity, depth: 4 })}`,
  );
  const words = [time.slice(11, 19), styleText(COLOURS[level], level.padEnd(5)), from && `${from}:`, msg];
  return [...words, ...pairs].filter(Boolean).join(' ') + chain(err, '\n  ');
}

/** The stack of an error, then those of its causes. */
function chain(error: unknown, before: string): string {
  if (typeof error !== 'object' || error === null) return '';
  const { stack, message, cause } = error as { stack?: string; message?: string; cause?: unknown };
  return `${before}${(stack ?? message ?? inspect(error)).replaceAll('\n', '\n  ')}${chain(cause, '\n  caused by ')}`;
}

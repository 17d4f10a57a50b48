import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

const STILL_FOR = 2500; // ms; a render's own clock ends it after 2,000
const LABEL = 512; // bytes of what is said of it

/** What the thread sees: an odd number while something renders, another one for each render, and what that is. */
export type Shared = { readonly buffer: SharedArrayBuffer; readonly stillFor: number };

type Watch = { readonly state: Int32Array; readonly label: Uint8Array };

const encoder = new TextEncoder();
let watch: Watch | undefined;
let depth = 0;

/**
 * Ends the process when a render stands still, so that whoever keeps it running starts another: the last line, behind fuel and clock,
 * for what neither of them sees. Says on stderr which one it was.
 */
export function startWatchdog({ stillFor = STILL_FOR }: { stillFor?: number } = {}): {
  stop(): Promise<void>;
} {
  const buffer = new SharedArrayBuffer(8 + LABEL);
  const thread = new URL(`./watchdog-thread${extname(import.meta.filename)}`, import.meta.url);
  const worker = new Worker(thread, { workerData: { buffer, stillFor } satisfies Shared, execArgv: [] });
  worker.unref();
  watch = { state: new Int32Array(buffer, 0, 2), label: new Uint8Array(buffer, 8) };
  return {
    async stop() {
      watch = undefined;
      await worker.terminate();
    },
  };
}

/** Work that the watchdog, when there is one, sees begin and end. */
export function watched<Result>(label: string, work: () => Result): Result {
  if (!watch) return work();
  const { state } = watch;
  Atomics.store(state, 1, encoder.encodeInto(label.slice(0, LABEL / 4), watch.label).written);
  if (depth === 0) Atomics.add(state, 0, 1);
  depth += 1;
  try {
    return work();
  } finally {
    depth -= 1;
    if (depth === 0) Atomics.add(state, 0, 1);
  }
}

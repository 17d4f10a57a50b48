import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import type { Shared } from './watchdog.ts';

/* Looks whether the main thread still gets on with its renders. */

const { buffer, stillFor } = workerData as Shared;
const state = new Int32Array(buffer, 0, 2);
let seen = 0;
let since = performance.now();

setInterval(() => {
  const now = Atomics.load(state, 0);
  const isRendering = now % 2 !== 0;
  if (now !== seen || !isRendering) {
    seen = now;
    since = performance.now();
    return;
  }
  const stood = Math.round(performance.now() - since);
  if (stood < stillFor) return;
  const label = Buffer.from(new Uint8Array(buffer, 8, Atomics.load(state, 1)).slice()).toString();
  writeSync(2, `watchdog: rendering ${label} stood still for ${stood} ms, the process ends\n`);
  process.kill(process.pid, 'SIGKILL');
}, stillFor / 5);

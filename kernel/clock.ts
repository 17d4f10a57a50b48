import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock, Random } from 'kontor/sdk';

/** The time of the machine. */
export function createClock(): Clock {
  return { now: () => new Date() };
}

/** Chance fit for what a stranger could guess. */
export function createRandom(): Random {
  return { token: () => randomBytes(16).toString('base64url'), uuid: randomUUID };
}

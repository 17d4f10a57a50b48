import { EventEmitter } from 'node:events';

/** Tells the bench in the same process what arrived: `event` and `job`, each with its number. */
export const heard = new EventEmitter<{ event: [number]; job: [number] }>();

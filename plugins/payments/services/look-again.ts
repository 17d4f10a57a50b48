import type { Cradle, Jobs } from 'kontor/sdk';

const MINUTE = 60_000; // ms
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From one look to the next. A slow bank page is over after the first, and no refund is pending after the last, a month on. */
const PAUSES = [15 * MINUTE, HOUR, 5 * HOUR, 18 * HOUR, 3 * DAY, 7 * DAY, 20 * DAY];

/** Sends the look of a round at a payment; none after the last one. */
export async function lookAgain(
  { clock, jobs }: Pick<Cradle, 'clock' | 'jobs'>,
  look: Jobs['payments.reconcile'],
): Promise<void> {
  const pause = PAUSES[look.round - 1];
  if (pause === undefined) return;
  await jobs.send('payments.reconcile', look, { runAt: new Date(clock.now().getTime() + pause) });
}

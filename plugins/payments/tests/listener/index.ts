import { type Cradle, definePlugin } from 'kontor/sdk';

const hear = ({ name, payload }: { name: string; payload: object }, { log }: Cradle) =>
  log.info({ ...payload, event: name }, 'heard');

/** Writes what it hears of payments into the log, where a test reads it. */
export default definePlugin({
  events: {
    'payment.authorised': hear,
    'payment.captured': hear,
    'payment.failed': hear,
    'payment.refunded': hear,
    'payment.refund_failed': hear,
  },
});

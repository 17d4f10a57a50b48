import { type Cradle, ok, type Payments } from 'kontor/sdk';
import { requestGiveBack } from '../actions/give-back.ts';
import { markPaid } from '../actions/mark-paid.ts';
import { refreshPayment } from '../actions/refresh-payment.ts';
import { refundPayment } from '../actions/refund-payment.ts';
import { resolvePayment } from '../actions/resolve-payment.ts';
import { settlePayment } from '../actions/settle-payment.ts';
import { startPayment } from '../actions/start-payment.ts';
import { offeredMethods } from './providers.ts';
import { COLUMNS, type Row, shown } from './row.ts';
import { lockPayment, readPayment } from './rows.ts';

/** Payments of the current store. Money moves in `start`, `refresh` and the jobs; everything else is rows. */
export function createPayments(services: Cradle): Payments {
  const { database, stores } = services;
  return {
    methods: (context) => offeredMethods(services, context),
    start: (input) => startPayment(services, input),
    async find(id) {
      const row = await readPayment(services, id);
      return row && shown(row);
    },
    resolve: (input) => resolvePayment(services, input),
    async ofReference(reference) {
      const [row] = await database.read<Row>(
        'of-reference',
        `select ${COLUMNS} from payments.payments where store_id = $1 and reference = $2 order by id desc limit 1`,
        [stores.current().id, reference],
      );
      return row && shown(row);
    },
    async lock(id) {
      const row = await lockPayment(services, id);
      return row && shown(row);
    },
    async refresh(id) {
      const refreshed = await refreshPayment(services, id);
      return refreshed.ok ? ok(shown(refreshed.value)) : refreshed;
    },
    settle: (id, orderId) => settlePayment(services, id, orderId),
    giveBack: (id, reason) => requestGiveBack(services, id, reason),
    refund: (input) => refundPayment(services, input),
    markPaid: (id, by) => markPaid(services, id, by),
  };
}

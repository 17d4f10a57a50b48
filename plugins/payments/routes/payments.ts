import { type Id, ok, refused, route, Type } from 'kontor/sdk';
import { COLUMNS, type Row, shown } from '../services/row.ts';
import { PaymentAnswer, PaymentId } from './schemas.ts';

const MOST = 100;
const read = { surface: 'store', access: { permission: 'payments.read' } } as const;
const page = {
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST })),
};

type Line = {
  id: Id;
  paymentId: Id;
  kind: string;
  outcome: string;
  amount: number;
  currency: string;
  providerReference: string | null;
  message: string | null;
  at: Date;
  provider: string;
  method: string;
  isTest: boolean;
  orderId: Id | null;
};

export const listTransactions = route({
  ...read,
  method: 'GET',
  path: '/payments/transactions',
  summary: 'Every call to a provider that changed something, newest first',
  query: Type.Object({ ...page, payment: Type.Optional(Type.Integer({ minimum: 1 })) }),
  async handler({ query: { cursor, limit = 50, payment } }, { database, stores }) {
    const items = await database.query<Line>(
      `select t.id, t.payment_id as "paymentId", t.kind, t.outcome, t.amount, t.currency,
         t.provider_reference as "providerReference", t.message, t.at, p.provider, p.method, p.is_test as "isTest",
         p.order_id as "orderId"
       from payments.transactions t join payments.payments p on p.store_id = t.store_id and p.id = t.payment_id
       where t.store_id = $1 and t.id < $2 and ($3::bigint is null or t.payment_id = $3) order by t.id desc limit $4`,
      [stores.current().id, cursor ?? Number.MAX_SAFE_INTEGER, payment ?? null, limit + 1],
    );
    return paged(items, limit);
  },
});

export const listPayments = route({
  ...read,
  method: 'GET',
  path: '/payments',
  summary: 'Payments, newest first; `needsLook` are those with a note or without an order',
  query: Type.Object({
    ...page,
    reference: Type.Optional(Type.String({ maxLength: 200 })),
    needsLook: Type.Optional(Type.Boolean()),
  }),
  async handler({ query: { cursor, limit = 50, reference, needsLook = false } }, { database, stores }) {
    const rows = await database.query<Row>(
      `select ${COLUMNS} from payments.payments
       where store_id = $1 and id < $2 and ($3::text is null or reference = $3)
         and (not $4::boolean or note is not null or (order_id is null and state in ('authorised', 'captured')))
       order by id desc limit $5`,
      [stores.current().id, cursor ?? Number.MAX_SAFE_INTEGER, reference ?? null, needsLook, limit + 1],
    );
    return paged(rows.map(shown), limit);
  },
});

export const readPayment = route({
  ...read,
  method: 'GET',
  path: '/payments/:id',
  summary: 'A payment',
  params: PaymentId,
  response: { 200: PaymentAnswer },
  refusals: { notFound: 404 },
  async handler({ params }, { payments }) {
    const payment = await payments.find(params.id);
    return payment ? ok(payment) : refused('notFound');
  },
});

export const refreshPayment = route({
  surface: 'store',
  access: { permission: 'payments.manage' },
  method: 'POST',
  path: '/payments/:id/refresh',
  summary: 'Asks the provider how a payment stands, and takes that over',
  params: PaymentId,
  rateLimit: { max: 60, window: 60_000, per: 'store' },
  response: { 200: PaymentAnswer },
  refusals: { notFound: 404, providerDown: 503 },
  handler: ({ params }, { payments }) => payments.refresh(params.id),
});

/** A page by key: what comes after the last one of it. */
function paged<Item extends { id: Id }>(found: readonly Item[], limit: number) {
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? String(items.at(-1)!.id) : null };
}

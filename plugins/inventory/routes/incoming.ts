import { ok, refused, route, Type } from 'kontor/sdk';
import { cancelIncoming, receive } from '../actions/receive.ts';
import { addIncoming, changeIncoming } from '../actions/save-incoming.ts';
import { isVariant } from '../services/is-variant.ts';
import { listIncoming, readIncoming } from '../services/read-incoming.ts';
import { answer, id, lines, page, pageOf, toRead, toWrite, version } from './shapes.ts';

const feature = 'inventory.purchase_orders';
const byId = Type.Object({ id });
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const details = {
  locationId: Type.Optional(id),
  supplier: text(200),
  number: text(100),
  note: text(2000),
  expectedOn: Type.Optional(Type.Union([Type.String({ format: 'date' }), Type.Null()])),
};
const refusals = {
  notFound: 404,
  unknownVariant: 404,
  changed: 409,
  closed: 409,
  cameAlready: 409,
  notExpected: 409,
};

const list = route({
  ...toRead,
  method: 'GET',
  path: '/inventory/incoming',
  summary: 'Goods on their way and those that came, newest first',
  query: Type.Object({
    ...page,
    state: Type.Optional(
      Type.Union([Type.Literal('open'), Type.Literal('received'), Type.Literal('cancelled')]),
    ),
  }),
  async handler({ query }, services) {
    const { from, limit, most } = pageOf(query);
    return answer(
      await listIncoming(services, { state: query.state, before: from, limit }),
      most,
      (one) => one.id,
    );
  },
});

const read = route({
  ...toRead,
  method: 'GET',
  path: '/inventory/incoming/:id',
  summary: 'What a supplier sends, and what of it came',
  params: byId,
  refusals,
  async handler({ params }, services) {
    const incoming = await readIncoming(services, params.id);
    return incoming ? ok(incoming) : refused('notFound');
  },
});

const create = route({
  ...toWrite,
  feature,
  method: 'POST',
  path: '/inventory/incoming',
  summary: 'Notes goods that are on their way',
  body: Type.Object({ ...details, lines }),
  refusals,
  async handler({ body, reply }, services) {
    if (
      !(await isVariant(
        services,
        body.lines.map(({ variantId }) => variantId),
      ))
    )
      return refused('unknownVariant');
    reply.status(201);
    return ok(await addIncoming(services, body));
  },
});

const edit = route({
  ...toWrite,
  feature,
  method: 'PATCH',
  path: '/inventory/incoming/:id',
  summary: 'Changes what is on its way; lines that are named replace all',
  params: byId,
  body: Type.Object({ version, ...details, lines: Type.Optional(lines) }),
  refusals,
  async handler({ params, body }, services) {
    const variantIds = (body.lines ?? []).map(({ variantId }) => variantId);
    if (!(await isVariant(services, variantIds))) return refused('unknownVariant');
    return changeIncoming(services, params.id, body);
  },
});

const take = route({
  ...toWrite,
  feature,
  method: 'POST',
  path: '/inventory/incoming/:id/receive',
  summary: 'Goods came: all that was still expected, or these lines',
  params: byId,
  body: Type.Object({ lines: Type.Optional(lines), isLast: Type.Optional(Type.Boolean()) }),
  refusals,
  handler: ({ params, body }, services) => receive(services, params.id, body),
});

const cancel = route({
  ...toWrite,
  feature,
  method: 'POST',
  path: '/inventory/incoming/:id/cancel',
  summary: 'The goods will not come; what came of them stays',
  params: byId,
  refusals,
  handler: ({ params }, services) => cancelIncoming(services, params.id),
});

export const incomingRoutes = [list, read, create, edit, take, cancel];

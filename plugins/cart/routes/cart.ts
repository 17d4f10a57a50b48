import {
  type Cart,
  type CartAddition,
  type CartLook,
  type Cradle,
  defineRoutes,
  ok,
  refused,
  type Result,
  route,
  type RouteRequest,
  Type,
} from 'kontor/sdk';
import { answerOf, emptyAnswer } from './answer.ts';
import { Additions, CartAnswer, CartChange, LineChange, LineId } from './shapes.ts';
import { keepToken, lookOf, tokenOf, tokenOfCustomer } from './visitor.ts';

const shop = {
  surface: 'shop',
  access: 'anyone',
  csrf: 'origin',
  response: { 200: CartAnswer },
  refusals: { noCart: 404, lineNotFound: 404, unknownVariant: 404, ordered: 409, outOfStock: 409 },
} as const;
const MINUTE = 60_000; // ms
const BYTES = 262_144; // a hundred lines with what a form sends along

type Asking = Pick<RouteRequest, 'actor' | 'cookies' | 'locale' | 'reply'>;
type Edit = (token: string, look: CartLook) => Promise<Result<Cart>>;

const showCart = route({
  ...shop,
  method: 'GET',
  path: '/cart',
  summary: 'The visitor’s cart at the prices of the moment; an empty one when there is none',
  async handler(request, services) {
    request.reply.header('cache-control', 'no-store');
    const cart = await services.carts.byToken(tokenOf(request), lookOf(request));
    return cart ? answerOf(cart) : emptyAnswer(services, request.store);
  },
});

const addToCart = route({
  ...shop,
  method: 'POST',
  path: '/cart/lines',
  summary: 'Add one line, or several as `lines`: all or none',
  rateLimit: { max: 240, window: MINUTE },
  bodyLimit: BYTES,
  body: Additions,
  async handler(request, services) {
    const { carts } = services;
    const additions = additionsOf(request.body);
    if (!additions) return refused('badAddition');
    const added = await edit(request, services, (token, look) => carts.add(token, additions, look));
    if (added.ok || !['noCart', 'ordered'].includes(added.refusal)) return added;
    const started = await carts.start(additions, lookOf(request));
    if (!started.ok) return started;
    await keepToken(request, services, started.value.token);
    return ok(answerOf(started.value.cart));
  },
});

const changeLine = route({
  ...shop,
  method: 'PATCH',
  path: '/cart/lines/:id',
  summary: 'Change quantity and properties of a line; quantity 0 removes it',
  params: LineId,
  bodyLimit: BYTES,
  body: LineChange,
  handler: (request, services) =>
    edit(request, services, (token, look) =>
      services.carts.change(token, { lineId: request.params.id, ...request.body }, look),
    ),
});

const removeLine = route({
  ...shop,
  method: 'DELETE',
  path: '/cart/lines/:id',
  summary: 'Take a line out',
  params: LineId,
  handler: (request, services) =>
    edit(request, services, (token, look) =>
      services.carts.change(token, { lineId: request.params.id, quantity: 0 }, look),
    ),
});

const changeCart = route({
  ...shop,
  method: 'PATCH',
  path: '/cart',
  summary: 'Change note, attributes, discount codes, and quantities by line',
  bodyLimit: BYTES,
  body: CartChange,
  handler: (request, services) =>
    edit(request, services, (token, look) => services.carts.update(token, request.body, look)),
});

const clearCart = route({
  ...shop,
  method: 'DELETE',
  path: '/cart',
  summary: 'Take all lines out',
  handler: (request, services) => edit(request, services, (token, look) => services.carts.clear(token, look)),
});

const claimCart = route({
  ...shop,
  access: 'customer',
  method: 'POST',
  path: '/cart/claim',
  summary: 'After signing in: the guest’s cart and the customer’s own become one',
  body: Type.Object({}),
  async handler(request, services) {
    const claimed = await edit(request, services, (token, { customerId, ...look }) =>
      services.carts.claim(token, customerId!, look),
    );
    return claimed.ok ? claimed : emptyAnswer(services, request.store);
  },
});

export const routes = defineRoutes([
  showCart,
  addToCart,
  changeLine,
  removeLine,
  changeCart,
  clearCart,
  claimCart,
]);

function additionsOf({ lines, variantId, ...rest }: Partial<CartAddition> & { lines?: CartAddition[] }) {
  if (lines) return variantId === undefined && Object.keys(rest).length === 0 ? lines : undefined;
  return variantId === undefined ? undefined : [{ quantity: 1, ...rest, variantId }];
}

/** Changes the visitor's cart or, of a customer whose browser has none of theirs, the one of another device. */
async function edit(
  request: Asking,
  services: Cradle,
  change: Edit,
): Promise<Result<ReturnType<typeof answerOf>>> {
  const look = lookOf(request);
  const done = await change(tokenOf(request), look);
  if (done.ok) return ok(answerOf(done.value));
  const token = ['noCart', 'ordered'].includes(done.refusal)
    ? await tokenOfCustomer(request, services)
    : undefined;
  if (token === undefined) return done;
  const again = await change(token, look);
  return again.ok ? ok(answerOf(again.value)) : again;
}

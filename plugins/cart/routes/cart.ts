import {
  type Cart,
  type CartAddition,
  defineRoutes,
  ok,
  refused,
  type Result,
  route,
  Type,
} from 'kontor/sdk';
import { answerOf, emptyAnswer } from './answer.ts';
import { Additions, CartAnswer, CartChange, LineChange, LineId } from './shapes.ts';
import { keepToken, ownToken, tokenOf } from './visitor.ts';

const shop = {
  surface: 'shop',
  access: 'anyone',
  csrf: 'origin',
  response: { 200: CartAnswer },
  refusals: { noCart: 404, lineNotFound: 404, unknownVariant: 404, ordered: 409, outOfStock: 409 },
} as const;
const MINUTE = 60_000; // ms
const BYTES = 262_144; // a hundred lines with what a form sends along

const showCart = route({
  ...shop,
  method: 'GET',
  path: '/cart',
  summary: 'The visitor’s cart at the prices of the moment; an empty one when there is none',
  async handler(request, services) {
    const cart = await services.carts.byToken(tokenOf(request), { locale: request.locale });
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
    const { actor, locale } = request;
    const additions = additionsOf(request.body);
    if (!additions) return refused('badAddition');
    const token = await ownToken(request, services);
    const added = await services.carts.add(token, additions, { locale });
    if (added.ok || !['noCart', 'ordered'].includes(added.refusal)) return answered(added);
    const customer = actor.kind === 'customer' ? { customerId: actor.customerId } : {};
    const started = await services.carts.start(additions, { locale, ...customer });
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
  async handler(request, services) {
    const { params, body, locale } = request;
    const token = await ownToken(request, services);
    return answered(await services.carts.change(token, { lineId: params.id, ...body }, { locale }));
  },
});

const removeLine = route({
  ...shop,
  method: 'DELETE',
  path: '/cart/lines/:id',
  summary: 'Take a line out',
  params: LineId,
  async handler(request, services) {
    const { params, locale } = request;
    const token = await ownToken(request, services);
    return answered(await services.carts.change(token, { lineId: params.id, quantity: 0 }, { locale }));
  },
});

const changeCart = route({
  ...shop,
  method: 'PATCH',
  path: '/cart',
  summary: 'Change note, attributes, discount codes, and quantities by line',
  bodyLimit: BYTES,
  body: CartChange,
  async handler(request, services) {
    const token = await ownToken(request, services);
    return answered(await services.carts.update(token, request.body, { locale: request.locale }));
  },
});

const clearCart = route({
  ...shop,
  method: 'DELETE',
  path: '/cart',
  summary: 'Take all lines out',
  async handler(request, services) {
    const token = await ownToken(request, services);
    return answered(await services.carts.clear(token, { locale: request.locale }));
  },
});

const claimCart = route({
  ...shop,
  access: 'customer',
  method: 'POST',
  path: '/cart/claim',
  summary: 'After signing in: the guest’s cart and the customer’s own become one',
  body: Type.Object({}),
  async handler(request, services) {
    const token = await ownToken(request, services);
    const cart = await services.carts.byToken(token, { locale: request.locale });
    return cart ? answerOf(cart) : emptyAnswer(services, request.store);
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

function answered(done: Result<Cart>): Result<ReturnType<typeof answerOf>> {
  return done.ok ? ok(answerOf(done.value)) : done;
}

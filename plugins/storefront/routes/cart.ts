import {
  type Cart,
  type CartAddition,
  type CartRefusal,
  type Cradle,
  ok,
  refused,
  type Result,
  route,
  type RouteRequest,
  Type,
} from 'kontor/sdk';
import { cartMain } from '../pages/cart.ts';
import { openFrame } from '../pages/frame.ts';
import { page } from '../pages/layout.ts';
import { problemOf } from '../pages/problems.ts';
import { pageLocale } from '../services/locale.ts';
import { cartToken, keepCart, lookOf } from '../services/visitor.ts';
import { forVisitors, Language } from './shared.ts';

const MINUTE = 60_000; // ms
const form = {
  ...forVisitors,
  method: 'POST',
  csrf: 'origin',
  rateLimit: { max: 240, window: MINUTE },
} as const;
/** As it was typed: what is no number is told on a page. */
const Typed = Type.String({ maxLength: 20 });

export const cartPage = route({
  ...forVisitors,
  path: '/cart',
  summary: 'The visitor’s cart',
  query: Type.Object({
    added: Type.Optional(Type.String({ description: 'the variant that has just been added' })),
    refused: Type.Optional(Type.String({ description: 'why it was not changed' })),
    available: Type.Optional(Type.String({ description: 'how many there are' })),
    locale: Language,
  }),
  async handler(request, services) {
    const frame = await openFrame(request, services);
    const { cart, query, say } = frame;
    const added = cart?.lines.find(({ variantId }) => String(variantId) === query.added)?.variant;
    const problem = problemOf(frame);
    const main = cartMain(frame, {
      ...(added && { said: say('cart.added', { title: added.title }) }),
      ...(problem !== undefined && { problem }),
    });
    return page(request.reply, frame, { title: say('cart.title'), main, path: '/cart', isHidden: true });
  },
});

export const addToCart = route({
  ...form,
  path: '/cart/add',
  summary: 'Adds a variant to the visitor’s cart, from a form',
  body: Type.Object({
    id: Type.Integer({ minimum: 1, description: 'the variant' }),
    quantity: Type.Optional(Typed),
    product: Type.Optional(
      Type.String({ maxLength: 255, description: 'handle of the page to say on why it was refused' }),
    ),
  }),
  async handler(request, services) {
    const { id: variantId, quantity: typed = '1', product } = request.body;
    const quantity = wholeNumber(typed);
    const added = quantity ? await add(request, services, { variantId, quantity }) : refused('badQuantity');
    const back =
      product === undefined ? '/cart' : `/products/${encodeURIComponent(product)}?variant=${variantId}`;
    request.reply.redirect(added.ok ? `/cart?added=${variantId}` : withReason(back, added), 303);
  },
});

export const changeCart = route({
  ...form,
  path: '/cart/change',
  summary: 'Sets the quantity of a line of the visitor’s cart, from a form; 0 takes it out',
  body: Type.Object({ line: Type.Integer({ minimum: 1 }), quantity: Typed }),
  async handler(request, services) {
    const { line: lineId, quantity: typed } = request.body;
    const token = cartToken(request);
    const quantity = wholeNumber(typed);
    const look = lookOf(request, pageLocale(request));
    // Whoever has no cart any more, or no such line, sees that for themselves.
    const changed =
      token === undefined
        ? ok()
        : quantity === undefined
          ? refused('badQuantity')
          : await services.carts.change(token, { lineId, quantity }, look);
    const isSeen = changed.ok || ['noCart', 'ordered', 'lineNotFound'].includes(changed.refusal);
    request.reply.redirect(isSeen ? '/cart' : withReason('/cart', changed), 303);
  },
});

/** Into the cart that is there, else into a new one. */
async function add(
  request: RouteRequest<unknown, unknown, unknown>,
  { carts }: Pick<Cradle, 'carts'>,
  line: CartAddition,
): Promise<Result<Cart, CartRefusal>> {
  const look = lookOf(request, pageLocale(request));
  const token = (await ownToken(request, { carts })) ?? '';
  const added = token === '' ? refused('noCart') : await carts.add(token, [line], look);
  if (added.ok || !['noCart', 'ordered'].includes(added.refusal)) return added;
  const started = await carts.start([line], look);
  if (!started.ok) return started;
  keepCart(request, started.value.token);
  return ok(started.value.cart);
}

/** The token of the browser; a customer without one goes on with the cart that they left elsewhere. */
async function ownToken(
  request: RouteRequest<unknown, unknown, unknown>,
  { carts }: Pick<Cradle, 'carts'>,
): Promise<string | undefined> {
  const { actor } = request;
  const token = cartToken(request);
  if (token !== undefined || actor.kind !== 'customer') return token;
  const open = await carts.ofCustomer(actor.customerId);
  if (open) keepCart(request, open.token);
  return open?.token;
}

function wholeNumber(typed: string): number | undefined {
  return /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : undefined;
}

function withReason(address: string, { refusal, details }: { refusal: string; details?: object }): string {
  const [short] = ((details as { lines?: { available: number }[] })?.lines ?? []) as { available: number }[];
  const reason = { refused: refusal, ...(short && { available: String(short.available) }) };
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(reason)}`;
}

import {
  type Cart,
  type CartRefusal,
  type Cradle,
  refused,
  type Result,
  type Route,
  route,
  Type,
} from 'kontor/sdk';
import { addToCart as plainAdd, changeCart as plainChange } from '../../routes/cart.ts';
import { problemOf } from '../../pages/problems.ts';
import { forVisitors } from '../../routes/shared.ts';
import { pageLocale } from '../../services/locale.ts';
import { addItems, changeLine, clearCart, ownCart, updateCart } from '../cart/actions.ts';
import { cartJson, lineJson } from '../cart/cart-json.ts';
import { type CartBody, readBody } from '../cart/read-body.ts';
import { bundledSections, queryOf, sectionIds } from '../pages/answer-page.ts';
import { type Asking, themeOf } from '../pages/open-page.ts';

const MINUTE = 60_000; // ms
const MOST_SECTIONS = 5;
const form = {
  ...forVisitors,
  method: 'POST',
  csrf: 'origin',
  bodyStream: true,
  bodyLimit: 256 * 1024,
  rateLimit: { max: 240, window: MINUTE },
} as const;
const Anything = Type.Object({});

type Work = (request: Asking, services: Cradle, body: CartBody) => Promise<Result<unknown, CartRefusal>>;

/** `/cart/add` and `/cart/add.js`: scripts get JSON, forms are led on. */
function pair(path: string, summary: string, work: Work, plain?: Route): Route[] {
  return ['', '.js', '.json'].map((end) =>
    route({
      ...form,
      path: `${path}${end}`,
      summary: end === '' ? summary : `${summary}, for scripts`,
      query: Anything,
      handler: (request, services) => answer(request, services, { isScript: end !== '', work, plain }),
    }),
  );
}

export const cartRoutes: readonly Route[] = [
  ...['/cart.js', '/cart.json'].map((path) =>
    route({
      ...forVisitors,
      path,
      summary: 'The visitor’s cart, for scripts',
      query: Anything,
      async handler(request, services) {
        const { reply, store } = request;
        const cart = await ownCart(request, services);
        reply.header('cache-control', 'private, no-store');
        return cartJson(cart, { store, locale: pageLocale(request) });
      },
    }),
  ),
  ...pair('/cart/add', 'Adds to the visitor’s cart', addItems, plainAdd),
  ...pair('/cart/change', 'Sets the quantity of a line of the visitor’s cart', changeLine, plainChange),
  ...pair('/cart/update', 'Changes quantities, note, attributes and codes of the visitor’s cart', updateCart),
  ...pair('/cart/clear', 'Takes everything out of the visitor’s cart', clearCart),
  route({
    ...form,
    path: '/cart',
    summary: 'The form of the cart: updates it, and goes on to the checkout when that was pressed',
    query: Anything,
    handler: (request, services) => answer(request, services, { isScript: false, work: updateCart }),
  }),
];

async function answer(
  request: Asking,
  services: Cradle,
  { isScript, work, plain }: { isScript: boolean; work: Work; plain?: Route | undefined },
): Promise<unknown> {
  const { reply } = request;
  const body = await readBody(request);
  const isJson = isScript || wantsJson(request);
  // Pages of the platform have forms of their own, with other names.
  if (plain && !isJson && !(await themeOf(request, services)))
    return byPlainPage(plain, request, services, body);
  if (!body) {
    reply.status(400);
    return { status: 400, message: 'Bad Request', description: 'Expected a form or JSON' };
  }
  const done = await work(request, services, { ...Object.fromEntries(queryOf(request.query)), ...body });
  if (!isJson) return lead(request, done, body);
  if (!done.ok) return refusal(request, services, done);
  return written(request, services, { value: done.value, body });
}

/** The fields that the forms of the plain pages have. */
async function byPlainPage(
  plain: Route,
  request: Asking,
  services: Cradle,
  body: CartBody | undefined,
): Promise<unknown> {
  const {
    params,
    query,
    actor,
    store,
    locale,
    requestId,
    ip,
    host,
    headers,
    cookies,
    rawBody,
    stream,
    reply,
  } = request;
  const { id, line, quantity, product, ...others } = body ?? {};
  if (Object.keys(others).length > 0) return refused('unknownField');
  if (plain === plainChange ? line === undefined || quantity === undefined : id === undefined)
    return refused('unknownField');
  const number = (value: unknown) => (/^\d{1,15}$/.test(String(value)) ? Number(value) : 0);
  const fields = {
    ...(id !== undefined && { id: number(id) }),
    ...(line !== undefined && { line: number(line) }),
    ...(quantity !== undefined && { quantity: String(quantity).slice(0, 20) }),
    ...(typeof product === 'string' && { product: product.slice(0, 255) }),
  };
  const asked = {
    params,
    query,
    body: fields,
    actor,
    store,
    locale,
    requestId,
    ip,
    host,
    headers,
    cookies,
    rawBody,
    stream,
    reply,
  };
  return plain.handler(asked as never, services);
}

type Written = { cart: Cart | undefined; added: Cart['lines']; isMany: boolean };

/** The added line itself, all added lines, or the cart; with the sections that were asked for. */
async function written(
  request: Asking,
  services: Cradle,
  { value, body }: { value: unknown; body: CartBody },
): Promise<unknown> {
  const { store, reply } = request;
  const locale = pageLocale(request);
  const isAdded = typeof value === 'object' && value !== null && 'added' in value;
  const cart = isAdded ? (value as Written).cart : (value as Cart | undefined);
  reply.header('cache-control', 'private, no-store');
  const ids = sectionIds(body.sections);
  if (ids.length > MOST_SECTIONS) {
    reply.status(400);
    return { status: 400, message: 'Bad Request', description: `At most ${MOST_SECTIONS} sections at once` };
  }
  const address = localPath(body.sections_url ?? refererOf(request));
  const sections =
    ids.length > 0 ? { sections: await bundledSections(request, services, { ids, address, cart }) } : {};
  if (!isAdded) return { ...cartJson(cart, { store, locale }), ...sections };
  const lines = (value as Written).added.map((line) => lineJson(line, { cart: cart!, locale }));
  return (value as Written).isMany ? { items: lines, ...sections } : { ...lines[0], ...sections };
}

/** As scripts read it: `status`, `message`, `description`, and `errors` for those of the cart page. */
function refusal(
  request: Asking,
  { i18n }: Pick<Cradle, 'i18n'>,
  { refusal: code, details }: { refusal: string; details?: object },
): object {
  const status =
    code === 'unknownVariant' || code === 'notForSale' ? 404 : code === 'lineNotFound' ? 400 : 422;
  const [short] = (details as { lines?: { available: number }[] })?.lines ?? [];
  const locale = pageLocale(request);
  const query = { refused: code, ...(short && { available: String(Math.max(0, short.available)) }) };
  const text = problemOf({ query, say: (key, values) => i18n.text(key, values, locale) });
  request.reply.status(status).header('cache-control', 'private, no-store');
  return { status, message: 'Cart Error', description: text, errors: text };
}

function lead(request: Asking, done: Result<unknown, CartRefusal>, body: CartBody): string {
  const { reply } = request;
  const back =
    typeof body.return_to === 'string' && body.return_to !== '' ? localPath(body.return_to) : '/cart';
  if (done.ok) {
    reply.redirect(body.checkout !== undefined ? '/checkout' : back, 303);
    return '';
  }
  const [short] = ((done.details as { lines?: { available: number }[] })?.lines ?? []) as {
    available: number;
  }[];
  const reason = new URLSearchParams({
    refused: done.refusal,
    ...(short && { available: String(short.available) }),
  });
  const { pathname, searchParams } = new URL(localPath(refererOf(request)), 'http://store.invalid');
  for (const [name, value] of reason) searchParams.set(name, value);
  reply.redirect(`${pathname}?${searchParams}`, 303);
  return '';
}

function wantsJson({ headers }: Asking): boolean {
  const accept = String(headers.accept ?? '');
  return (
    /application\/(?:json|javascript)|text\/javascript/.test(accept) ||
    headers['x-requested-with'] === 'XMLHttpRequest' ||
    String(headers['content-type'] ?? '').includes('json')
  );
}

function refererOf({ headers, host }: Asking): string {
  const referer = String(headers.referer ?? '');
  return URL.canParse(referer) && new URL(referer).host === host ? referer : '/cart';
}

/** A path of this store, whatever somebody sends along. */
export function localPath(raw: unknown): string {
  const text = String(raw ?? '');
  if (!URL.canParse(text, 'http://store.invalid')) return '/cart';
  const { pathname, search } = new URL(text, 'http://store.invalid');
  return `/${pathname.replace(/^[/\\]+/, '')}${search}`;
}

import {
  type Cart,
  type CartAddition,
  type CartLine,
  type CartRefusal,
  type Cradle,
  ok,
  refused,
  type Result,
} from 'kontor/sdk';
import { pageLocale } from '../../services/locale.ts';
import { cartToken, keepCart, lookOf } from '../../services/visitor.ts';
import type { Asking } from '../pages/open-page.ts';
import type { CartBody } from './read-body.ts';
import { lineKey } from './cart-json.ts';

type Answer<Value> = Promise<Result<Value, CartRefusal>>;
type Needs = Pick<Cradle, 'carts'>;

/** Puts into the visitor's cart what a form or a script names: all of it or nothing. */
export async function addItems(
  request: Asking,
  services: Needs,
  body: CartBody,
): Answer<{ cart: Cart | undefined; added: readonly CartLine[]; isMany: boolean }> {
  const isMany = body.items !== undefined;
  const items = isMany ? listOf(body.items) : [body];
  const wanted = items.map(additionOf);
  if (wanted.length === 0 || wanted.length > 100) return refused('unknownVariant');
  const faulty = wanted.find((one) => typeof one === 'string');
  if (typeof faulty === 'string') return refused(faulty);
  const additions = wanted as CartAddition[];
  const cart = await put(request, services, additions);
  if (!cart.ok) return cart;
  const added = additions.flatMap(
    ({ variantId, properties = {} }) =>
      cart.value.lines.find((line) => line.variantId === variantId && isSame(line.properties, properties)) ??
      [],
  );
  return ok({ cart: cart.value, added, isMany });
}

/** Sets the quantity of one line, by its place, its key or its variant. */
export async function changeLine(request: Asking, services: Needs, body: CartBody): Answer<Cart | undefined> {
  const cart = await ownCart(request, services);
  const token = cartToken(request);
  const line = cart && lineOf(cart, body);
  const quantity = quantityOf(body.quantity);
  if (!cart || token === undefined || !line) return refused('lineNotFound');
  if (quantity === undefined && body.properties === undefined) return refused('badQuantity');
  const properties = body.properties === undefined ? undefined : textsOf(body.properties);
  return services.carts.change(
    token,
    { lineId: line.id, quantity: quantity ?? line.quantity, ...(properties && { properties }) },
    look(request),
  );
}

/** Quantities, note, attributes and codes; a variant that is not in the cart yet is added. */
export async function updateCart(request: Asking, services: Needs, body: CartBody): Answer<Cart | undefined> {
  const { carts } = services;
  const before = await ownCart(request, services);
  const { quantities, additions } = updatesOf(body.updates, before);
  let cart: Cart | undefined = before;
  if (additions.length > 0) {
    const added = await put(request, services, additions);
    if (!added.ok) return added;
    cart = added.value;
  }
  const attributes = body.attributes === undefined ? undefined : merged(cart, textsOf(body.attributes));
  const codes = typeof body.discount === 'string' ? codesOf(body.discount) : undefined;
  const change = {
    ...(typeof body.note === 'string' && { note: body.note.slice(0, 5000) }),
    ...(attributes && { attributes }),
    ...(codes && { discountCodes: codes }),
    ...(Object.keys(quantities).length > 0 && { quantities }),
  };
  if (Object.keys(change).length === 0) return ok(cart);
  const token = cartToken(request);
  if (!cart || token === undefined) return ok(cart);
  return carts.update(token, change, look(request));
}

export async function clearCart(request: Asking, services: Needs): Answer<Cart | undefined> {
  const token = cartToken(request);
  const cart = await ownCart(request, services);
  return cart && token !== undefined ? services.carts.clear(token, look(request)) : ok(cart);
}

export async function ownCart(request: Asking, { carts }: Needs): Promise<Cart | undefined> {
  const token = cartToken(request);
  return token === undefined ? undefined : carts.byToken(token, look(request));
}

/** Into the cart that is there, else into a new one. */
async function put(request: Asking, { carts }: Needs, lines: readonly CartAddition[]): Answer<Cart> {
  const { actor } = request;
  let token = cartToken(request);
  if (token === undefined && actor.kind === 'customer') {
    const open = await carts.ofCustomer(actor.customerId);
    token = open?.token;
    if (open) keepCart(request, open.token);
  }
  const added = token === undefined ? refused('noCart') : await carts.add(token, lines, look(request));
  if (added.ok || !['noCart', 'ordered'].includes(added.refusal)) return added;
  const started = await carts.start(lines, look(request));
  if (!started.ok) return started;
  keepCart(request, started.value.token);
  return ok(started.value.cart);
}

function look(request: Asking) {
  return lookOf(request, pageLocale(request));
}

function additionOf(raw: unknown): CartAddition | CartRefusal {
  const {
    id,
    quantity = 1,
    properties,
  } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const variantId = Number(typeof id === 'string' ? id.split(':')[0] : id);
  const count = quantityOf(quantity === '' ? 1 : quantity);
  if (!Number.isSafeInteger(variantId) || variantId < 1) return 'unknownVariant';
  if (count === undefined || count < 1) return 'badQuantity';
  const texts = properties === undefined ? {} : textsOf(properties);
  return { variantId, quantity: count, ...(Object.keys(texts).length > 0 && { properties: texts }) };
}

function lineOf({ lines }: Cart, { id, line }: CartBody): CartLine | undefined {
  const place = Number(line);
  if (line !== undefined && Number.isSafeInteger(place)) return lines[place - 1];
  const text = String(id ?? '');
  return (
    lines.find((one) => lineKey(one) === text) ?? lines.find(({ variantId }) => String(variantId) === text)
  );
}

function updatesOf(raw: unknown, cart: Cart | undefined) {
  const quantities: Record<string, number> = {};
  const additions: CartAddition[] = [];
  const isByPlace = Array.isArray(raw);
  for (const [key, value] of Object.entries((raw ?? {}) as object)) {
    const quantity = quantityOf(value);
    if (quantity === undefined) continue;
    const line = cart && lineOf(cart, isByPlace ? { line: Number(key) + 1 } : { id: key });
    const variantId = Number(key);
    if (line) quantities[String(line.id)] = quantity;
    else if (!isByPlace && quantity > 0 && Number.isSafeInteger(variantId))
      additions.push({ variantId, quantity });
  }
  return { quantities, additions };
}

/** An empty value takes an attribute away. */
function merged(cart: Cart | undefined, change: Readonly<Record<string, string>>): Record<string, string> {
  const all = { ...cart?.attributes, ...change };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

function textsOf(raw: unknown): Record<string, string> {
  if (typeof raw !== 'object' || raw === null) return {};
  const entries = Object.entries(raw)
    .filter(([name, value]) => name !== '' && value !== null && value !== '' && typeof value !== 'object')
    .slice(0, 50);
  return Object.fromEntries(
    entries.map(([name, value]) => [name.slice(0, 200), String(value).slice(0, 2000)]),
  );
}

function quantityOf(raw: unknown): number | undefined {
  const text = String(raw ?? '').trim();
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

const codesOf = (text: string): string[] =>
  [
    ...new Set(
      text
        .split(',')
        .map((code) => code.trim())
        .filter((code) => code !== ''),
    ),
  ].slice(0, 10);

const listOf = (raw: unknown): unknown[] =>
  Array.isArray(raw) ? raw : typeof raw === 'object' && raw !== null ? Object.values(raw) : [];

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

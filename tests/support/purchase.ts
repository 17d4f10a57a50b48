import type { Browser } from './browser.ts';
import { ADA } from './shop.ts';

const CARD = '4242424242424242';

/** A buyer at the shop's API, with what they do there by name. */
export function checkoutOf<Buyer extends Pick<Browser, 'json'>>(buyer: Buyer) {
  const { json } = buyer;
  const change = (body: object) => json('PATCH', '/api/shop/checkout', body);
  return {
    ...buyer,
    change,
    read: () => json('GET', '/api/shop/checkout'),
    rates: () => json('GET', '/api/shop/checkout/rates'),
    /** Everything that is needed but the payment. */
    ready: () => change({ email: 'ada@example.lu', shipTo: ADA, billTo: 'same' }),
    pay: (body: object) => json('POST', '/api/shop/checkout/pay', { method: 'test-card', ...body }),
    complete: () => json('POST', '/api/shop/checkout/complete', {}),
  };
}

/**
 * Buys a product by nothing but the shop's API: from its page by way of the cart to the order.
 *
 * @param method - what is paid with: the test gateway, or Stripe's card that is never refused
 * @returns answers in the order they came, and the order's number and token
 * @throws Error that names the first step that was refused, with the answer
 */
export async function buy(
  visitor: Browser,
  { handle, quantity = 1, method = 'test-card' }: { handle: string; quantity?: number; method?: string },
): Promise<{ orderId: number; number: string; token: string; total: number }> {
  const buyer = checkoutOf(visitor);
  const product = expectDone('read the product', await buyer.json('GET', `/api/shop/products/${handle}`));
  const line = { variantId: product.variants[0].id, quantity };
  expectDone('add to the cart', await buyer.json('POST', '/api/shop/cart/lines', line));
  expectDone('read the cart', await buyer.json('GET', '/api/shop/cart'));
  const { missing, totals } = expectDone('say who and where to', await buyer.ready());
  if (missing.length > 0) throw new Error(`The checkout lacks ${missing.join(', ')}`);
  const details = method === 'stripe' ? { paymentMethod: 'pm_card_visa' } : { card: CARD };
  expectDone('pay', await buyer.pay({ method, expected: totals.total, details }));
  const done = expectDone('complete', await buyer.complete());
  expectDone('see the order', await buyer.json('GET', `/api/shop/orders/${done.token}`));
  return { ...done, total: totals.total };
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads into it freely
function expectDone(step: string, { status, body }: { status: number; body: any }) {
  if (status < 400) return body;
  throw new Error(`Expected to ${step}, got ${status} ${JSON.stringify(body)}`);
}

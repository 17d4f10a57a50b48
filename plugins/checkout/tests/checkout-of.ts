import type { Browser } from '../../../tests/support/browser.ts';
import { ADA } from '../../../tests/support/shop.ts';

type Buyer = Browser & { cartId: number; token: string };

/** A buyer at the shop's API, with what they do there by name. */
export function checkoutOf(buyer: Buyer) {
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

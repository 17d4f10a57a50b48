import type { OrderDraft, TotalsCalculator, TotalsInput } from 'kontor/sdk';

let count = 0;

/** An order as a checkout would place it: two mugs and a lamp, with shipping, 17 % within. */
export function aDraft(totals: TotalsCalculator, change: Partial<OrderDraft> = {}): OrderDraft {
  count += 1;
  const totalsInput = change.totalsInput ?? anInput();
  return {
    cartId: 1000 + count,
    paymentState: 'paid',
    paymentTitle: 'Card',
    channel: 'web',
    customerId: null,
    email: 'Ada@Example.lu',
    locale: 'en',
    currency: totalsInput.currency,
    shipTo: ADA,
    billTo: ADA,
    shippingTitle: 'Post',
    totalsInput,
    totals: totals.calculate(totalsInput),
    trace: [],
    lines: totalsInput.lines.map((line, index) => ({
      key: line.key,
      variantId: index + 1,
      productId: index + 1,
      title: index === 0 ? 'Mug' : 'Lamp',
      variantTitle: 'Blue',
      sku: `SKU-${index + 1}`,
      options: [{ name: 'Colour', value: 'Blue' }],
      properties: {},
      picturePath: null,
      taxClass: 'standard',
      requiresShipping: true,
      weightGrams: 300,
      quantity: line.quantity,
      unitAmount: line.unitAmount,
    })),
    stockReference: `cart:${1000 + count}`,
    ...change,
  };
}

export const ADA = {
  firstName: 'Ada',
  lastName: 'Weber',
  line1: '1, rue du Fort',
  postalCode: 'L-1234',
  city: 'Luxembourg',
  country: 'LU',
};

function anInput(): TotalsInput {
  return {
    currency: 'EUR',
    taxIncluded: true,
    taxRounding: 'line',
    lines: [
      { key: 'mug', unitAmount: 1999, quantity: 2, rateBps: 1700 },
      { key: 'lamp', unitAmount: 4500, quantity: 1, rateBps: 1700 },
    ],
    discounts: [{ key: 'ten', title: 'Ten', kind: 'percent', value: 1000 }],
    shipping: { title: 'Post', amount: 590, rateBps: null },
  };
}

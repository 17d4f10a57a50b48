const eur = (amount: number) => ({ amount, currency: 'EUR' });
const ada = ['Ada Weber', '1, rue du Fort', 'L-1234 Luxembourg', 'Luxembourg'];

/** An order that nobody made, to look at a mail and to try it. */
export const sample = {
  order: {
    number: '#1042',
    url: 'https://shop.example.lu/checkout/orders/sample',
    placedAt: '2026-11-23T10:00:00Z',
  },
  name: 'Ada',
  lines: [
    {
      title: 'Mug',
      variantTitle: 'Blue',
      quantity: 2,
      amount: eur(3998),
      properties: [{ name: 'Engraving', value: 'Ada' }],
    },
    { title: 'Lamp', variantTitle: '', quantity: 1, amount: eur(4500), properties: [] },
  ],
  totals: { subtotal: eur(8498), discount: eur(850), shipping: eur(590), total: eur(8238) },
  taxIncluded: true,
  taxes: [{ rate: '17 %', amount: eur(1197) }],
  shippingTitle: 'Post',
  paymentTitle: 'Card',
  isPaid: true,
  shipTo: ada,
  billTo: ada,
} as const;

export const parcel = {
  carrier: 'Post',
  trackingNumber: 'LU123456789',
  trackingUrl: 'https://track.example.lu/LU123456789',
} as const;

export const moneyBack = { refund: { amount: eur(3598) } } as const;

import { money, type Order, type PostalAddress } from 'kontor/sdk';

/** What the mails about an order are filled with; `emails/sample.ts` shows one. */
export function letterData(
  order: Order,
  { url, quantities }: { url: string; quantities?: ReadonlyMap<number, number> },
): Record<string, unknown> {
  const { currency, totals } = order;
  const amount = (value: number) => money(value, currency);
  return {
    order: { number: order.number, url, placedAt: order.placedAt.toISOString() },
    name: (order.billTo ?? order.shipTo)?.firstName ?? '',
    lines: order.lines
      .filter(({ id }) => !quantities || quantities.has(id))
      .map((line) => ({
        title: line.title,
        variantTitle: line.variantTitle,
        quantity: quantities?.get(line.id) ?? line.quantity,
        amount: amount(line.unitAmount * (quantities?.get(line.id) ?? line.quantity)),
        properties: Object.entries(line.properties).map(([name, value]) => ({ name, value })),
      })),
    totals: {
      subtotal: amount(totals.subtotal),
      discount: amount(totals.discount),
      shipping: amount(totals.shipping),
      total: amount(totals.total),
    },
    taxIncluded: totals.taxIncluded,
    taxes: totals.taxes
      .filter(({ tax }) => tax !== 0)
      .map(({ rateBps, tax }) => ({ rate: `${rateBps / 100} %`, amount: amount(tax) })),
    shippingTitle: order.shippingTitle,
    paymentTitle: order.paymentTitle,
    isPaid: !['pending', 'failed', 'voided'].includes(order.paymentState),
    shipTo: rowsOf(order.shipTo, order.locale),
    billTo: rowsOf(order.billTo, order.locale),
  };
}

/** An address as an envelope shows it. */
function rowsOf(address: PostalAddress | null, locale: string): string[] {
  if (!address) return [];
  const { company, firstName, lastName, line1, line2, postalCode, city, region } = address;
  const country = new Intl.DisplayNames([locale, 'en'], { type: 'region' }).of(address.country);
  const rows = [company, `${firstName} ${lastName}`, line1, line2, `${postalCode} ${city}`, region, country];
  return rows.map((row) => row?.trim() ?? '').filter(Boolean);
}

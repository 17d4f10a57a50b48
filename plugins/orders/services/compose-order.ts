import {
  type Cradle,
  type ManualOrder,
  ok,
  type OrderDraft,
  refused,
  type Result,
  type SellableVariant,
} from 'kontor/sdk';

type Refusal = 'unknownVariant' | 'badLine' | 'badAddress';
type Line = OrderDraft['lines'][number];

/** Works a manual order out, with today's prices and tax. Nothing is written. */
export async function composeOrder(
  order: ManualOrder,
  services: Cradle,
): Promise<Result<Omit<OrderDraft, 'stockReference'>, Refusal>> {
  const { stores, totals } = services;
  const { tax }: Partial<Cradle> = services;
  const store = stores.current();
  const badAddress = faultOfAddresses(order, services);
  if (badAddress) return badAddress;
  const lines = await linesOf(order, services);
  if (!lines.ok) return lines;

  const { taxIncluded, taxRounding } = (await tax?.settings()) ?? {
    taxIncluded: true,
    taxRounding: 'line' as const,
  };
  const [shipTo, billTo] = [order.shipTo ?? null, order.billTo ?? order.shipTo ?? null];
  const decided = await tax?.decide({
    lines: lines.value.map(({ taxClass }) => ({ taxClass })),
    ...(shipTo ? { shipTo } : {}),
    ...(billTo ? { billTo } : {}),
  });
  const shipping = order.shipping ? { ...order.shipping, rateBps: decided?.shipping?.rateBps ?? null } : null;
  const totalsInput = {
    version: totals.version,
    currency: store.currency,
    taxIncluded,
    taxRounding,
    lines: lines.value.map(({ key, unitAmount, quantity }, index) => ({
      key,
      unitAmount,
      quantity,
      rateBps: decided?.lines[index]?.rateBps ?? 0,
    })),
    discounts: order.discountAmount
      ? [{ key: 'manual', title: '', kind: 'amount' as const, value: order.discountAmount }]
      : [],
    shipping,
  };
  return ok({
    paymentState: order.isPaid ? 'paid' : 'pending',
    paymentTitle: order.paymentTitle ?? '',
    channel: 'manual',
    customerId: order.customerId ?? null,
    email: order.email,
    locale: order.locale ?? store.locale,
    currency: store.currency,
    shipTo,
    billTo,
    shippingTitle: order.shipping?.title ?? '',
    note: order.note ?? '',
    totalsInput,
    totals: totals.calculate(totalsInput),
    trace: [],
    lines: lines.value,
    notify: order.notify ?? true,
  });
}

function faultOfAddresses({ shipTo, billTo }: ManualOrder, { customerBook }: Partial<Cradle>) {
  for (const [field, address] of Object.entries({ shipTo, billTo })) {
    const faults = address && customerBook?.addressFaults(address);
    if (faults && Object.keys(faults).length > 0) return refused('badAddress', { field, faults });
  }
  return undefined;
}

async function linesOf(
  order: ManualOrder,
  services: Cradle,
): Promise<Result<Line[], 'unknownVariant' | 'badLine'>> {
  const variants = await variantsOf(order, services);
  const lines: Line[] = [];
  for (const [index, line] of order.lines.entries()) {
    const variant = variants.find(({ variantId }) => variantId === line.variantId);
    if (line.variantId !== undefined && !variant)
      return refused('unknownVariant', { line: index, variantId: line.variantId });
    const unitAmount = line.unitAmount ?? variant?.unitAmount;
    const title = line.title ?? variant?.title;
    if (unitAmount === undefined || !title) return refused('badLine', { line: index });
    lines.push({
      key: `line-${index + 1}`,
      variantId: variant?.variantId ?? null,
      productId: variant?.productId ?? null,
      title,
      variantTitle: variant?.variantTitle ?? '',
      sku: variant?.sku ?? '',
      options: variant?.options ?? [],
      properties: line.properties ?? {},
      picturePath: variant?.picture?.path ?? null,
      taxClass: line.taxClass ?? variant?.taxClass ?? 'standard',
      requiresShipping: line.requiresShipping ?? variant?.requiresShipping ?? true,
      weightGrams: variant?.weightGrams ?? 0,
      quantity: line.quantity,
      unitAmount,
    });
  }
  return ok(lines);
}

async function variantsOf(order: ManualOrder, services: Cradle): Promise<SellableVariant[]> {
  const { catalog, customerBook }: Partial<Cradle> = services;
  const store = services.stores.current();
  const wanted = order.lines.flatMap(({ variantId, quantity }) =>
    variantId === undefined ? [] : [{ variantId, quantity }],
  );
  if (wanted.length === 0 || !catalog) return [];
  const group = order.customerId && (await customerBook?.profile(order.customerId))?.group;
  return catalog.sellable({
    lines: wanted,
    currency: store.currency,
    locale: order.locale ?? store.locale,
    ...(group ? { group } : {}),
  });
}

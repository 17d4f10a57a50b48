import type { Cradle, DeliveredEvent, Events, Id, Order } from 'kontor/sdk';
import { letterData } from '../services/letter-data.ts';
import type { OrderSettings } from '../services/order-settings.ts';

type About<Name extends keyof Events> = DeliveredEvent<Events[Name]>;

/** Tells the buyer that the order is there. */
export async function confirmOrder({ payload }: About<'order.placed'>, services: Cradle): Promise<void> {
  if (!payload.notify) return;
  await send({ orderId: payload.orderId, template: 'orders.confirmation' }, services);
}

/** Tells the buyer what is on its way. */
export async function tellShipped({ payload }: About<'order.shipped'>, services: Cradle): Promise<void> {
  if (!payload.notify) return;
  const fulfilments = await services.orders.fulfilments(payload.orderId);
  const sent = fulfilments.find(({ id }) => id === payload.fulfilmentId);
  if (!sent) return;
  const { carrier, trackingNumber, trackingUrl } = sent;
  await send(
    {
      orderId: payload.orderId,
      template: 'orders.shipped',
      part: `:fulfilment:${sent.id}`,
      more: { parcel: { carrier, trackingNumber, trackingUrl } },
      quantities: new Map(sent.lines.map(({ lineId, quantity }) => [lineId, quantity])),
    },
    services,
  );
}

/** Tells the buyer how much comes back. */
export async function tellRefunded({ payload }: About<'order.refunded'>, services: Cradle): Promise<void> {
  const { notify, orderId, refundId, amount, currency } = payload;
  if (!notify || amount === 0) return;
  const more = { refund: { amount: { amount, currency } } };
  await send({ orderId, template: 'orders.refunded', part: `:refund:${refundId}`, more }, services);
}

/** Tells the buyer that nothing comes. */
export async function tellCancelled({ payload }: About<'order.cancelled'>, services: Cradle): Promise<void> {
  if (!payload.notify) return;
  await send({ orderId: payload.orderId, template: 'orders.cancelled' }, services);
}

async function send(
  letter: {
    orderId: Id;
    template: string;
    /** Of the natural key, behind the order's. */
    part?: string;
    more?: Record<string, unknown>;
    quantities?: ReadonlyMap<Id, number>;
  },
  services: Cradle,
): Promise<void> {
  const { orders } = services;
  const { mailer }: Partial<Cradle> = services;
  const order = mailer && (await orders.find(letter.orderId));
  if (!order) return;
  const { orderId, template, part = '', more = {}, quantities } = letter;
  const url = await addressOf(order, services);
  await mailer.send({
    template,
    to: { email: order.email, name: nameOf(order) },
    locale: order.locale,
    data: { ...letterData(order, { url, ...(quantities ? { quantities } : {}) }), ...more },
    key: `order:${orderId}${part}`,
  });
}

async function addressOf(
  { token }: Order,
  { platform, settings, stores }: Pick<Cradle, 'platform' | 'settings' | 'stores'>,
): Promise<string> {
  const { orderPage } = await settings.get<OrderSettings>();
  return platform.storeOrigin(stores.current()) + orderPage.replace('{token}', token);
}

function nameOf({ billTo, shipTo }: Order): string {
  const { firstName = '', lastName = '' } = billTo ?? shipTo ?? {};
  return `${firstName} ${lastName}`.trim();
}

import { actorName, type Cradle, type Orders } from 'kontor/sdk';
import { cancelOrder } from '../actions/cancel-order.ts';
import { changeLines } from '../actions/change-lines.ts';
import { createOrder } from '../actions/create-order.ts';
import { deliverOrder } from '../actions/deliver-order.ts';
import { editOrder } from '../actions/edit-order.ts';
import { findOrder } from '../actions/find-order.ts';
import { listOrders } from '../actions/list-orders.ts';
import { markPaid } from '../actions/mark-paid.ts';
import { placeOrder } from '../actions/place-order.ts';
import { readFulfilments, readRefunds } from '../actions/read-parts.ts';
import { readTimeline } from '../actions/read-timeline.ts';
import { recomputeOrder } from '../actions/recompute-order.ts';
import { refundOrder } from '../actions/refund-order.ts';
import { shipOrder } from '../actions/ship-order.ts';
import { tagOrder } from '../actions/tag-order.ts';
import { writeNote } from '../actions/write-note.ts';

/** Orders of the current store. */
export function createOrders(services: Cradle): Orders {
  return {
    place: (draft) => placeOrder(draft, services),
    create: (order) => createOrder(order, services),
    find: (id) => findOrder({ id }, services),
    byToken: (token) => findOrder({ token }, services),
    byCart: (cartId) => findOrder({ cartId }, services),
    list: (options = {}) => listOrders(options, services),
    ship: (id, shipment) => shipOrder(id, shipment, services),
    deliver: (id, when = {}) => deliverOrder(id, when, services),
    cancel: (id, why) => cancelOrder(id, why, services),
    refund: (id, refund) => refundOrder(id, refund, services),
    markPaid: (id) => markPaid(id, services),
    edit: (id, change) => editOrder(id, change, services),
    changeLines: (id, change) => changeLines(id, change, services),
    note: (id, text) => writeNote(id, text, services),
    tag: (id, tags) => tagOrder(id, tags, services),
    changeMany: ({ orderIds, action, tags }) =>
      services.jobs.send('orders.change-many', {
        orderIds: [...new Set(orderIds)],
        action,
        tags: [...tags],
        by: actorName(services.stores.actor()),
      }),
    timeline: (id) => readTimeline(id, services),
    fulfilments: (id) => readFulfilments(id, services),
    refunds: (id) => readRefunds(id, services),
    recompute: (id) => recomputeOrder(id, services),
  };
}

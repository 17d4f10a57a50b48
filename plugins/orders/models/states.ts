import type { OrderPaymentState, OrderState } from 'kontor/sdk';

/** From each state to those that may come next. */
export const NEXT_STATES: Readonly<Record<OrderState, readonly OrderState[]>> = {
  pending: ['processing', 'partially_shipped', 'shipped', 'cancelled', 'refunded'],
  processing: ['partially_shipped', 'shipped', 'cancelled', 'refunded'],
  partially_shipped: ['partially_shipped', 'shipped', 'refunded'],
  shipped: ['delivered', 'refunded'],
  delivered: ['refunded'],
  cancelled: [],
  refunded: [],
};

/** Money moves on its own: what a provider says may come late, and after a cancellation. */
export const NEXT_PAYMENT_STATES: Readonly<Record<OrderPaymentState, readonly OrderPaymentState[]>> = {
  pending: ['authorised', 'paid', 'failed', 'voided'],
  authorised: ['paid', 'failed', 'voided'],
  failed: ['authorised', 'paid', 'voided'],
  voided: ['paid'],
  paid: ['partially_refunded', 'refunded'],
  partially_refunded: ['paid', 'partially_refunded', 'refunded'],
  refunded: ['paid', 'partially_refunded'],
};

/** States of payment from which money may still come. */
export const WAITING_STATES: readonly OrderPaymentState[] = ['pending', 'authorised', 'failed', 'voided'];

/** States of payment in which there is money to give back. */
export const PAID_STATES: readonly OrderPaymentState[] = ['paid', 'partially_refunded'];

/** Whether an order may go from one state to another. */
export function canBecome(from: OrderState, to: OrderState): boolean {
  return NEXT_STATES[from].includes(to);
}

/** States from which a payment may come to another. */
export function paymentStatesBefore(to: OrderPaymentState): OrderPaymentState[] {
  const states = Object.keys(NEXT_PAYMENT_STATES) as OrderPaymentState[];
  return states.filter((from) => NEXT_PAYMENT_STATES[from].includes(to));
}

/** Where an order begins: it waits while no money is sure. */
export function firstState(payment: OrderPaymentState): OrderState {
  return payment === 'paid' || payment === 'authorised' ? 'processing' : 'pending';
}

import type { Id, Payment } from 'kontor/sdk';

/** A payment as its table holds it. */
export type Row = Omit<Payment, 'isGivenBack'> & {
  readonly account: string | null;
  readonly isOpen: boolean;
  readonly isLater: boolean;
  readonly giveBackReason: string | null;
  readonly startToken: string;
  readonly startInput: string | null;
  readonly inputHash: string;
  readonly attempts: number;
};

/** A refund as its table holds it. */
export type RefundRow = {
  readonly id: Id;
  readonly paymentId: Id;
  readonly key: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
  readonly state: 'planned' | 'pending' | 'done' | 'failed';
  readonly providerKey: string;
  readonly attempts: number;
};

export const COLUMNS = `id, provider, method, reference, provider_reference as "providerReference", account, state,
  is_open as "isOpen", is_later as "isLater", is_test as "isTest", amount, captured_amount as "capturedAmount",
  refunded_amount as "refundedAmount", currency, order_id as "orderId", error, note,
  give_back_reason as "giveBackReason", start_token as "startToken", start_input as "startInput",
  input_hash as "inputHash", attempts, created_at as "createdAt"`;

export const REFUND_COLUMNS = `id, payment_id as "paymentId", key, amount, currency, reason, state,
  provider_key as "providerKey", attempts`;

/** What others see of a payment. */
export function shown(row: Row): Payment {
  const {
    account,
    isOpen,
    isLater,
    giveBackReason,
    startToken,
    startInput,
    inputHash,
    attempts,
    ...payment
  } = row;
  return { ...payment, isGivenBack: giveBackReason !== null };
}

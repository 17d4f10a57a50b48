import { randomBytes } from 'node:crypto';

export type Status =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'requires_capture'
  | 'processing'
  | 'succeeded'
  | 'canceled';

export type Intent = {
  id: string;
  object: 'payment_intent';
  amount: number;
  amount_capturable: number;
  amount_received: number;
  capture_method: 'automatic' | 'manual';
  client_secret: string;
  created: number;
  currency: string;
  last_payment_error: Record<string, unknown> | null;
  latest_charge: string | null;
  livemode: boolean;
  metadata: Record<string, string>;
  next_action: Record<string, unknown> | null;
  payment_method: string | null;
  return_url: string | null;
  status: Status;
};

export type Charge = {
  id: string;
  object: 'charge';
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  captured: boolean;
  currency: string;
  payment_intent: string;
  refunded: boolean;
};

export type Refund = {
  id: string;
  object: 'refund';
  amount: number;
  created: number;
  currency: string;
  metadata: Record<string, string>;
  payment_intent: string;
  status: 'pending' | 'succeeded' | 'failed';
};

/** What the bank holds: every intent, charge and refund there ever was. */
export type Ledger = {
  readonly intents: Map<string, Intent>;
  readonly charges: Map<string, Charge>;
  readonly refunds: Map<string, Refund>;
};

export function createLedger(): Ledger {
  return { intents: new Map(), charges: new Map(), refunds: new Map() };
}

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

/** Money of one of our references (its intents' `metadata.reference`), or of all: what a buyer's bank would show. */
export function moneyOf({ intents, charges }: Ledger, reference?: string) {
  const money = { charges: 0, held: 0, captured: 0, refunded: 0 };
  for (const charge of charges.values()) {
    const intent = intents.get(charge.payment_intent)!;
    if (reference !== undefined && intent.metadata.reference !== reference) continue;
    money.charges += 1;
    money.held += intent.amount_capturable;
    money.captured += charge.amount_captured;
    money.refunded += charge.amount_refunded;
  }
  return money;
}

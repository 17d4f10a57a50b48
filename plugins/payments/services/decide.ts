import type { PaymentState, ProviderState } from 'kontor/sdk';
import type { Row } from './row.ts';

/** One line of the ledger of a payment's calls. */
export type Entry = {
  readonly kind: 'authorise' | 'capture' | 'refund' | 'cancel' | 'check';
  readonly outcome: 'done' | 'pending' | 'failed';
  readonly amount: number;
  readonly message?: string | null;
};

/** What a provider's word makes of a payment. */
export type Decision = {
  readonly state: PaymentState;
  readonly capturedAmount: number;
  readonly error: string | null;
  readonly note: string | null;
  readonly entries: readonly Entry[];
  /** Names behind `payment.`, in their order. */
  readonly events: readonly ('authorised' | 'captured' | 'failed')[];
  /** Money has come in that nobody waits for any more. */
  readonly isStray: boolean;
};

type Said = ProviderState['state'];

/** From what we know, by what the provider says, to what we know then. What is not named changes nothing: it is old news. */
const TRANSITIONS: Readonly<Record<PaymentState, Partial<Readonly<Record<Said, PaymentState>>>>> = {
  started: {
    waiting: 'waiting',
    authorised: 'authorised',
    captured: 'captured',
    failed: 'failed',
    cancelled: 'cancelled',
  },
  waiting: { authorised: 'authorised', captured: 'captured', failed: 'failed', cancelled: 'cancelled' },
  authorised: { captured: 'captured', failed: 'failed', cancelled: 'cancelled' },
  // A buyer may try again with another card on a page that is still open.
  failed: { waiting: 'waiting', authorised: 'authorised', captured: 'captured', cancelled: 'cancelled' },
  // Of a start that was taken for lost.
  cancelled: { authorised: 'authorised', captured: 'captured' },
  captured: {},
  partially_refunded: {},
  refunded: {},
};

const SURE: readonly PaymentState[] = ['waiting', 'authorised', 'captured'];

/** Whether an order may stand on it. */
export function isSure(state: PaymentState): boolean {
  return SURE.includes(state);
}

/**
 * Decides what a provider's word makes of a payment. No database, no clock: the same for browser, webhook and job.
 *
 * @param hasHeir - whether another payment of the same reference is open meanwhile
 */
export function decide(row: Row, said: ProviderState, hasHeir = false): Decision {
  const next = TRANSITIONS[row.state][said.state];
  const wrong = whatIsWrong(row, said);
  if (wrong) return distrusted(row, wrong, next);
  if (!next) return unchanged(row);
  const isComingIn = isSure(next) && !isSure(row.state);
  const isUnwanted = row.giveBackReason !== null || row.state === 'cancelled' || hasHeir;
  const isStray = isComingIn && isUnwanted;
  return {
    state: next,
    capturedAmount: next === 'captured' ? said.captured.amount : row.capturedAmount,
    error: next === 'failed' ? (said.error ?? null) : null,
    note: row.note,
    entries: entriesOf(row, said, next),
    events: isStray ? [] : eventsOf(row, next),
    isStray,
  };
}

/** Why what the provider holds is not what we asked for, in a sentence for the team. */
function whatIsWrong(row: Row, said: ProviderState): string | undefined {
  if (!isSure(said.state as PaymentState)) return undefined;
  if (said.isTest !== row.isTest)
    return said.isTest ? 'a test payment for a real one' : 'a real payment for a test';
  if (said.account && row.account && said.account !== row.account)
    return `a payment of account ${said.account} instead of ${row.account}`;
  const came = said.state === 'captured' ? said.captured : said.authorised;
  if (came.currency === row.currency && came.amount === row.amount) return undefined;
  return `${came.amount} ${came.currency} instead of ${row.amount} ${row.currency}`;
}

/** What is wrong never pays. What an order stands on already is left as it is, and the team sees why to look. */
function distrusted(row: Row, wrong: string, next: PaymentState | undefined): Decision {
  const note = `The provider says ${wrong}`;
  if (row.note === note) return unchanged(row);
  const entries = [{ kind: 'check', outcome: 'failed', amount: row.amount, message: note }] as const;
  if (next === undefined || row.state !== 'started') return { ...unchanged(row), note, entries };
  return { ...unchanged(row), state: 'failed', note, entries, events: ['failed'] };
}

function unchanged(row: Row): Decision {
  const { state, capturedAmount, error, note } = row;
  return { state, capturedAmount, error, note, entries: [], events: [], isStray: false };
}

function entriesOf(row: Row, said: ProviderState, next: PaymentState): Entry[] {
  const authorised = { kind: 'authorise', amount: row.amount } as const;
  switch (next) {
    case 'waiting':
      return [{ ...authorised, outcome: 'pending' }];
    case 'authorised':
      return [{ ...authorised, outcome: 'done' }];
    case 'captured': {
      const captured = { kind: 'capture', outcome: 'done', amount: said.captured.amount } as const;
      return row.state === 'authorised' ? [captured] : [{ ...authorised, outcome: 'done' }, captured];
    }
    case 'failed': {
      const kind = row.state === 'authorised' ? 'capture' : 'authorise';
      return [{ kind, outcome: 'failed', amount: row.amount, message: said.error ?? null }];
    }
    default:
      return [{ kind: 'cancel', outcome: 'done', amount: row.amount }];
  }
}

function eventsOf(row: Row, next: PaymentState): Decision['events'] {
  if (next === 'failed') return ['failed'];
  // One that we gave back ourselves ends quietly; one that lapsed at the provider leaves an order unpaid.
  if (next === 'cancelled') return isSure(row.state) && !row.giveBackReason ? ['failed'] : [];
  const isNews = !isSure(row.state);
  if (next === 'captured') return isNews ? ['authorised', 'captured'] : ['captured'];
  return isNews ? ['authorised'] : [];
}

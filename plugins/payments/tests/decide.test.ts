import type { PaymentState, ProviderState } from 'kontor/sdk';
import fc from 'fast-check';
import t from 'tap';
import { decide, isSure } from '../services/decide.ts';
import type { Row } from '../services/row.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

function aRow(change: Partial<Row> = {}): Row {
  return {
    ...{
      id: 1,
      provider: 'test',
      method: 'card',
      reference: 'cart:1',
      providerReference: 'p',
      account: 'acct',
    },
    ...{ state: 'started', isOpen: true, isLater: false, isTest: true, amount: 1000, currency: 'EUR' },
    ...{ capturedAmount: 0, refundedAmount: 0, orderId: null, error: null, note: null, giveBackReason: null },
    ...{ startToken: 's', startInput: null, inputHash: 'h', attempts: 1, createdAt: new Date(0) },
    ...change,
  } as Row;
}

function aWord(state: ProviderState['state'], change: Partial<ProviderState> = {}): ProviderState {
  return {
    ...{
      providerReference: 'p',
      state,
      authorised: eur(1000),
      refunded: eur(0),
      isTest: true,
      account: 'acct',
    },
    captured: eur(state === 'captured' ? 1000 : 0),
    ...change,
  };
}

t.test('each word of a provider has its place', async (t) => {
  const say = (state: PaymentState, word: ProviderState['state']) => {
    const { state: after, events } = decide(aRow({ state }), aWord(word));
    return [after, ...events].join(' ');
  };
  t.same(
    {
      approved: say('started', 'authorised'),
      'at once': say('started', 'captured'),
      later: say('started', 'waiting'),
      declined: say('started', 'failed'),
      'another card': say('failed', 'authorised'),
      captured: say('authorised', 'captured'),
      'at capture': say('authorised', 'failed'),
      lapsed: say('authorised', 'cancelled'),
      'old news': say('captured', 'authorised'),
      'after a refund': say('refunded', 'captured'),
      'still on the page': say('started', 'needs_action'),
    },
    {
      approved: 'authorised authorised',
      'at once': 'captured authorised captured',
      later: 'waiting authorised',
      declined: 'failed failed',
      'another card': 'authorised authorised',
      captured: 'captured captured',
      'at capture': 'failed failed',
      lapsed: 'cancelled failed',
      'old news': 'captured',
      'after a refund': 'refunded',
      'still on the page': 'started',
    },
  );
});

t.test('money that nobody waits for any more is known and goes back', async (t) => {
  const isStray = (row: Partial<Row>, hasHeir = false) =>
    decide(aRow(row), aWord('authorised'), hasHeir).isStray;
  t.same(
    [
      isStray({}),
      isStray({ giveBackReason: 'replaced' }),
      isStray({ state: 'cancelled' }),
      isStray({ state: 'failed' }),
      isStray({ state: 'failed' }, true),
    ],
    [false, true, true, false, true],
  );
  t.same(decide(aRow({ state: 'cancelled' }), aWord('captured')).events, []);
});

const STATES = ['needs_action', 'waiting', 'authorised', 'captured', 'failed', 'cancelled'] as const;
const aWrong = fc.constantFrom<Partial<ProviderState>>(
  { authorised: eur(999), captured: eur(999) },
  { authorised: eur(1001), captured: eur(1001) },
  { authorised: { amount: 1000, currency: 'USD' }, captured: { amount: 1000, currency: 'USD' } },
  { isTest: false },
  { account: 'acct_other' },
);

t.test('whatever a provider says in whatever order, only the right sum pays', async () => {
  const words = fc.array(fc.tuple(fc.constantFrom(...STATES), fc.option(aWrong, { nil: undefined })), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(words, (said) => {
      let row = aRow();
      let wasRight = false;
      for (const [state, wrong] of said) {
        const decision = decide(row, aWord(state, wrong));
        wasRight ||= wrong === undefined && isSure(state as PaymentState);
        row = aRow({ ...row, ...decision });
        if (isSure(row.state) && !wasRight) return false;
        if (row.state === 'captured' && row.capturedAmount !== 1000) return false;
      }
      return true;
    }),
  );
});

t.test('a word said twice changes nothing the second time', async () => {
  fc.assert(
    fc.property(fc.constantFrom(...STATES), fc.constantFrom(...STATES), (first, second) => {
      const row = aRow({ ...aRow(), ...decide(aRow(), aWord(first)) });
      const once = aRow({ ...row, ...decide(row, aWord(second)) });
      const twice = decide(once, aWord(second));
      return twice.entries.length === 0 && twice.events.length === 0 && twice.state === once.state;
    }),
  );
});

import type { Cradle, ProviderState } from 'kontor/sdk';
import { errors } from '../errors.ts';

export type Charge = {
  readonly reference: string;
  readonly provider: string;
  readonly method: string;
  readonly state: ProviderState['state'];
  readonly amount: number;
  readonly captured: number;
  readonly refunded: number;
  readonly currency: string;
  readonly capture: 'automatic' | 'manual';
  readonly failsAtCapture: boolean;
  readonly error: string | null;
  readonly returnUrl: string;
};
type NewCharge = Omit<Charge, 'reference' | 'captured' | 'refunded'> & { start: string };
type Needs = Pick<Cradle, 'clock' | 'database' | 'random' | 'stores'>;

const COLUMNS = `reference, provider, method, state, amount, captured, refunded, currency, capture,
  fails_at_capture as "failsAtCapture", error, return_url as "returnUrl"`;

/** What the manual ways and the test gateway owe and hold: the place of what a bank would keep. */
export function createLedger({ clock, database, random, stores }: Needs) {
  const store = () => stores.current().id;

  async function find(reference: string): Promise<Charge | undefined> {
    const [charge] = await database.query<Charge>(
      `select ${COLUMNS} from payments_manual.charges where store_id = $1 and reference = $2`,
      [store(), reference],
    );
    return charge;
  }

  async function findStart(start: string): Promise<Charge | undefined> {
    const [charge] = await database.query<Charge>(
      `select ${COLUMNS} from payments_manual.charges where store_id = $1 and start = $2`,
      [store(), start],
    );
    return charge;
  }

  /** Changes a charge that is in one of some states, and gives it as it is then, changed or not. */
  async function change(reference: string, from: readonly string[], set: string): Promise<Charge> {
    const [changed] = await database.query<Charge>(
      `update payments_manual.charges set ${set}
       where store_id = $1 and reference = $2 and state = any($3) returning ${COLUMNS}`,
      [store(), reference, from],
    );
    const charge = changed ?? (await find(reference));
    if (!charge) throw new errors.PAYMENTS_MANUAL_ERR_NO_CHARGE(reference);
    return charge;
  }

  return {
    find,
    findStart,
    /** The same start gives the same charge. */
    async open(charge: NewCharge): Promise<Charge> {
      const { start, provider, method, state, amount, currency, capture, failsAtCapture } = charge;
      await database.query(
        `insert into payments_manual.charges (store_id, reference, start, provider, method, state, amount, captured,
           currency, capture, fails_at_capture, error, return_url, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (store_id, start) do nothing`,
        [
          ...[store(), random.token(), start, provider, method, state, amount],
          ...[state === 'captured' ? amount : 0, currency, capture, failsAtCapture],
          ...[charge.error, charge.returnUrl, clock.now()],
        ],
      );
      return (await findStart(start))!;
    },
    take: (reference: string): Promise<Charge> =>
      change(
        reference,
        ['authorised'],
        `state = case when fails_at_capture then 'failed' else 'captured' end,
         captured = case when fails_at_capture then 0 else amount end`,
      ),
    letGo: (reference: string): Promise<Charge> =>
      change(reference, ['needs_action', 'waiting', 'authorised'], `state = 'cancelled'`),
    /** The buyer's answer on the page of the test gateway; the first one counts. */
    answer: (reference: string, isApproved: boolean): Promise<Charge> =>
      change(
        reference,
        ['needs_action'],
        isApproved
          ? `state = case when capture = 'automatic' then 'captured' else 'authorised' end,
             captured = case when capture = 'automatic' then amount else 0 end`
          : `state = 'failed'`,
      ),
    /** @returns false when that much is not left */
    giveBack: (refund: { key: string; reference: string; amount: number }): Promise<boolean> =>
      database.transaction(async () => {
        const { key, reference, amount } = refund;
        const known = await database.query(
          'select key from payments_manual.refunds where store_id = $1 and key = $2',
          [store(), key],
        );
        if (known.length > 0) return true;
        // What a bank transfer brought is not known here; it may go back up to what was asked for.
        const taken = await database.query(
          `update payments_manual.charges set refunded = refunded + $3
           where store_id = $1 and reference = $2
             and refunded + $3 <= case when provider = 'manual' then amount else captured end returning reference`,
          [store(), reference, amount],
        );
        if (taken.length === 0) return false;
        await database.query(
          'insert into payments_manual.refunds (store_id, key, charge, amount, made_at) values ($1, $2, $3, $4, $5)',
          [store(), key, reference, amount, clock.now()],
        );
        return true;
      }),
    async hasRefund(key: string): Promise<boolean> {
      const found = await database.query(
        'select key from payments_manual.refunds where store_id = $1 and key = $2',
        [store(), key],
      );
      return found.length > 0;
    },
  };
}

import type { CheckoutState, Cradle, SavedAddress } from 'kontor/sdk';
import type { CheckoutSettings } from '../services/settings.ts';
import type { Speech } from './speech.ts';

export const STEPS = ['contact', 'delivery', 'payment'] as const;
export type Step = (typeof STEPS)[number];

/** What every page needs. */
export type Frame = {
  readonly speech: Speech;
  readonly store: ReturnType<Cradle['stores']['current']>;
  readonly settings: CheckoutSettings;
  /** Of the page itself, for the links to other languages. */
  readonly path: string;
};

/** What the buyer sent and what was wrong with it; fields by name, e.g. `shipTo[city]`. */
export type Sent = {
  readonly values: Readonly<Record<string, string>>;
  /** Sentences, by field. */
  readonly faults: Readonly<Record<string, string>>;
  /** A sentence about all of it. */
  readonly problem?: string;
};

export const NOTHING_SENT: Sent = { values: {}, faults: {} };

/** The checkout itself. */
export type CheckoutView = Frame & {
  readonly state: CheckoutState;
  readonly step: Step;
  readonly sent: Sent;
  readonly countries: readonly string[];
  /** Of the seller, where most buyers are too. */
  readonly homeCountry: string | undefined;
  readonly isBillSame: boolean;
  readonly savedAddresses: readonly SavedAddress[];
  readonly isSignedIn: boolean;
};

/** Steps of this cart: what needs no delivery has none. */
export function stepsOf({ cart }: Pick<CheckoutState, 'cart'>): readonly Step[] {
  return cart.requiresShipping ? STEPS : STEPS.filter((step) => step !== 'delivery');
}

/** The first step that lacks something, or an earlier one that was asked for. */
export function openStep(state: CheckoutState, wanted: string | undefined): Step {
  const { cart, missing } = state;
  const isLacking = {
    contact: missing.includes('email') || missing.includes(cart.requiresShipping ? 'shipTo' : 'billTo'),
    delivery: missing.includes('rate'),
    payment: true,
  };
  const steps = stepsOf(state);
  const first = steps.findIndex((step) => isLacking[step]);
  const asked = steps.indexOf(wanted as Step);
  return steps[asked >= 0 ? Math.min(asked, first) : first]!;
}

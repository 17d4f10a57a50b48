/** What the test gateway makes of a card. The numbers are the ones developers know; nobody's real card has them. */
export type Card = {
  readonly state: 'authorised' | 'needs_action' | 'failed';
  /** Key of the words for the buyer. */
  readonly error?: string;
  readonly failsAtCapture?: boolean;
};

export const CARDS: Readonly<Record<string, Card>> = {
  '4242424242424242': { state: 'authorised' },
  '4000000000000002': { state: 'failed', error: 'declined.card' },
  '4000000000009995': { state: 'failed', error: 'declined.funds' },
  '4000000000003220': { state: 'needs_action' },
  '4000000000000341': { state: 'authorised', failsAtCapture: true },
};

const UNKNOWN: Card = { state: 'failed', error: 'declined.unknown' };

/** @param number - as people type it, with or without blanks */
export function cardOf(number = ''): Card {
  return CARDS[number.replaceAll(/[\s-]/g, '')] ?? UNKNOWN;
}

import type Stripe from 'stripe';

const known = new WeakMap<Stripe, Promise<string | undefined>>();

/**
 * Whose account a key belongs to, asked once: a payment that is in another one later is none of ours. Keys that may not
 * tell are believed.
 */
export function accountOf(client: Stripe): Promise<string | undefined> {
  const asked = known.get(client) ?? ask(client);
  known.set(client, asked);
  return asked;
}

async function ask(client: Stripe): Promise<string | undefined> {
  try {
    return (await client.accounts.retrieveCurrent({}, { maxNetworkRetries: 0 })).id;
  } catch {
    known.delete(client);
    return undefined;
  }
}

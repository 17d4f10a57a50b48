import { type Cradle, ok, type PaymentProvider, type ProviderState, refused } from 'kontor/sdk';
import Stripe from 'stripe';
import { begin } from '../services/begin.ts';
import { accountOf } from '../services/accounts.ts';
import { call, isRefusal } from '../services/call.ts';
import { clientOf } from '../services/client.ts';
import { methodsOf } from '../services/methods.ts';
import { findRefund, makeRefund } from '../services/refunds.ts';
import type { Values } from '../services/settings.ts';
import { stateOf } from '../services/state-of.ts';

type Intent = Stripe.PaymentIntent;

const HOUR = 3_600; // s
const SLACK = 600; // s by which two clocks may differ
const EXPAND = { expand: ['latest_charge'] };
const PAGE = 100;
const MOST = 1_000; // intents looked through for one lost start

/** Stripe by Payment Intents. Each method asks with the keys of the current store. */
export function stripe(services: Cradle): PaymentProvider {
  const { log, settings } = services;

  async function open() {
    const values = await settings.get<Values>();
    return { values, client: clientOf(values) };
  }

  async function told(intent: Intent, values: Values): Promise<ProviderState> {
    return stateOf(intent, values, await accountOf(clientOf(values)));
  }

  async function fetch(reference: string): Promise<ProviderState> {
    const { client, values } = await open();
    const intent = await call('read a payment', () => client.paymentIntents.retrieve(reference, EXPAND));
    return told(intent, values);
  }

  /** Where Stripe says that this cannot be done any more, how it stands says the rest. */
  async function change(
    what: string,
    reference: string,
    work: (client: Stripe) => Promise<Intent>,
  ): Promise<ProviderState> {
    const { client, values } = await open();
    try {
      return await told(await call(what, () => work(client)), values);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      log.warn({ intent: reference, code: error.code, message: error.message }, `Stripe does not ${what}`);
      return fetch(reference);
    }
  }

  return {
    code: 'stripe',
    title: 'Stripe',
    methods: async (context) => methodsOf(await settings.get<Values>(), context, services.i18n),
    async start(input) {
      const { client, values } = await open();
      const begun = await begin({ client, values, input, i18n: services.i18n, log });
      return 'id' in begun ? told(begun, values) : begun;
    },
    async findStart({ start, startedAt }) {
      const { client, values } = await open();
      const from = Math.floor(startedAt.getTime() / 1_000) - SLACK;
      const intents = client.paymentIntents.list({
        created: { gte: from, lte: from + SLACK + HOUR },
        limit: PAGE,
        expand: ['data.latest_charge'],
      });
      const found = await call('look for a payment', async () => {
        let seen = 0;
        for await (const intent of intents) {
          if (intent.metadata.start === start) return intent;
          seen += 1;
          if (seen === MOST) break;
        }
        return undefined;
      });
      return found && told(found, values);
    },
    fetch,
    capture: ({ key, providerReference, amount }) =>
      change('capture a payment', providerReference, (client) =>
        client.paymentIntents.capture(
          providerReference,
          { amount_to_capture: amount.amount, ...EXPAND },
          { idempotencyKey: key },
        ),
      ),
    cancel: ({ key, providerReference }) =>
      change('cancel a payment', providerReference, (client) =>
        client.paymentIntents.cancel(providerReference, EXPAND, { idempotencyKey: key }),
      ),
    refund: async (input) => makeRefund((await open()).client, input, log),
    findRefund: async (input) => findRefund((await open()).client, input),
    async test() {
      const values = await settings.get<Values>();
      if (values.secretKey === '') return refused('notConfigured');
      try {
        await clientOf(values).accounts.retrieveCurrent({}, { maxNetworkRetries: 0 });
        return ok();
      } catch (error) {
        const { StripeAuthenticationError, StripePermissionError } = Stripe.errors;
        // A key that may not read the account is a right one all the same.
        if (error instanceof StripePermissionError) return ok();
        return refused(error instanceof StripeAuthenticationError ? 'rejected' : 'unreachable');
      }
    },
  };
}

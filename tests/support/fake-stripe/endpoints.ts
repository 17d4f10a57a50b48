import type { Refund } from './ledger.ts';
import {
  cancelIntent,
  captureIntent,
  confirmIntent,
  createIntent,
  intentOf,
  type Params,
  type World,
} from './payment-intents.ts';
import { createRefund, refundOf } from './refunds.ts';

type Endpoint = (input: {
  world: World;
  id: string;
  params: Params;
  refundStatus: Refund['status'];
}) => unknown;

/** The part of Stripe's API that a shop needs. */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /v1/account': ({ world }) => ({ id: 'acct_fake', object: 'account', livemode: world.isLive }),
  'POST /v1/payment_intents': ({ world, params }) => shown(world, createIntent(world, params)),
  'GET /v1/payment_intents': ({ world, params }) => {
    const { gte = 0, lte = Number.POSITIVE_INFINITY } = (params.created ?? {}) as Record<string, unknown>;
    const all = [...world.ledger.intents.values()]
      .filter(({ created }) => created >= Number(gte) && created <= Number(lte))
      .toReversed();
    return list('/v1/payment_intents', all, params);
  },
  'GET /v1/payment_intents/:id': ({ world, id }) => shown(world, intentOf(world, id)),
  'POST /v1/payment_intents/:id/confirm': ({ world, id, params }) =>
    shown(world, confirmIntent(world, id, params)),
  'POST /v1/payment_intents/:id/capture': ({ world, id, params }) =>
    shown(world, captureIntent(world, id, params)),
  'POST /v1/payment_intents/:id/cancel': ({ world, id }) => shown(world, cancelIntent(world, id)),
  'POST /v1/refunds': ({ world, params, refundStatus }) => createRefund(world, params, refundStatus),
  'GET /v1/refunds': ({ world, params }) => {
    const all = [...world.ledger.refunds.values()].filter(
      ({ payment_intent }) => !params.payment_intent || payment_intent === params.payment_intent,
    );
    return list('/v1/refunds', all.toReversed(), params);
  },
  'GET /v1/refunds/:id': ({ world, id }) => refundOf(world, id),
};

/** `POST /v1/payment_intents/pi_1/capture` as endpoint and id. */
export function endpointOf(method: string, path: string): { endpoint: string; id: string } | undefined {
  const [, version, resource, id = '', action] = path.split('/');
  const endpoint = [`${method} /${version}/${resource}`, id && '/:id', action && `/${action}`]
    .filter(Boolean)
    .join('');
  return endpoint in ENDPOINTS ? { endpoint, id } : undefined;
}

/** The charge is always expanded; our client asks for it. */
function shown(world: World, intent: { latest_charge: string | null }): unknown {
  const charge = world.ledger.charges.get(intent.latest_charge ?? '');
  return { ...intent, latest_charge: charge ? { ...charge } : null };
}

function list(url: string, all: readonly { id: string }[], params: Params): unknown {
  const limit = Number(params.limit ?? 10);
  const from = params.starting_after ? all.findIndex(({ id }) => id === params.starting_after) + 1 : 0;
  return { object: 'list', url, data: all.slice(from, from + limit), has_more: all.length > from + limit };
}

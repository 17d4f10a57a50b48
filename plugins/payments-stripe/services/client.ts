import { hash } from 'node:crypto';
import Stripe from 'stripe';
import { errors } from '../errors.ts';
import type { Values } from './settings.ts';

const API_VERSION = '2026-10-28.endive'; // the one the types of this client are of
const MOST = 100; // clients with open connections; the one unused for longest goes

const clients = new Map<string, Stripe>();

/** The official client with the keys of a store. One for each key, as it keeps connections open. */
export function clientOf(values: Values): Stripe {
  const { secretKey, host, port, protocol, timeLimit, retries } = values;
  if (secretKey === '') throw new errors.PAYMENTS_STRIPE_ERR_NOT_SET_UP();
  const name = hash('sha256', JSON.stringify([secretKey, host, port, protocol, timeLimit, retries]));
  const client =
    clients.get(name) ??
    new Stripe(secretKey, {
      apiVersion: API_VERSION,
      ...{ host, port, protocol, timeout: timeLimit, maxNetworkRetries: retries },
      telemetry: false,
      appInfo: { name: 'Kontor' },
    });
  clients.delete(name);
  clients.set(name, client);
  if (clients.size > MOST) clients.delete(clients.keys().next().value!);
  return client;
}

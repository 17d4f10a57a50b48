import type { Cradle, PaymentMethod, PaymentProvider } from 'kontor/sdk';
import { errors } from '../errors.ts';

export type Context = Parameters<PaymentProvider['methods']>[0];
/** What a store chose; see `settings` of the manifest. */
export type Choice = { order: string[]; off: string[] };

type Needs = Pick<Cradle, 'log' | 'points' | 'settings'>;

/** Every way to pay that the providers of this store have now, in the order the store chose; those that are off too. */
export async function allMethods(services: Needs, context: Context): Promise<PaymentMethod[]> {
  const { order } = await services.settings.get<Choice>();
  const providers = services.points.of('paymentProviders');
  const methods = (await Promise.all(providers.map((one) => methodsOf(services, one, context)))).flat();
  const first = methods.filter(({ code }, at) => methods.findIndex((other) => other.code === code) === at);
  const place = (code: string) => (order.includes(code) ? order.indexOf(code) : order.length);
  return first.toSorted((left, right) => place(left.code) - place(right.code));
}

/** Ways to pay that buyers are offered. */
export async function offeredMethods(services: Needs, context: Context): Promise<PaymentMethod[]> {
  const { off } = await services.settings.get<Choice>();
  return (await allMethods(services, context)).filter(({ code }) => !off.includes(code));
}

/** One provider that is broken or down costs the others nothing. */
async function methodsOf(
  { log }: Needs,
  provider: PaymentProvider,
  context: Context,
): Promise<PaymentMethod[]> {
  try {
    return await provider.methods(context);
  } catch (error) {
    log.error({ err: error, provider: provider.code }, 'a provider could not say which ways to pay it has');
    return [];
  }
}

export function findProvider({ points }: Pick<Cradle, 'points'>, code: string): PaymentProvider | undefined {
  return points.of('paymentProviders').find((provider) => provider.code === code);
}

/** @throws PAYMENTS_ERR_NO_PROVIDER when its plugin does not run for this store */
export function providerOf(
  services: Pick<Cradle, 'points'>,
  payment: { id: number; provider: string },
): PaymentProvider {
  const provider = findProvider(services, payment.provider);
  if (!provider) throw new errors.PAYMENTS_ERR_NO_PROVIDER(payment.provider, payment.id);
  return provider;
}

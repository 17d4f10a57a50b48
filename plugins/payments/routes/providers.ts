import { ok, refused, route, Type } from 'kontor/sdk';
import { allMethods, type Choice, findProvider } from '../services/providers.ts';

const manage = { surface: 'store', access: { permission: 'payments.manage' } } as const;
const codes = Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 100, uniqueItems: true });

export const listProviders = route({
  method: 'GET',
  path: '/payments/providers',
  surface: 'store',
  access: { permission: 'payments.read' },
  summary: 'Providers of this store, each with its ways to pay in the order buyers see them',
  async handler({ store, locale }, services) {
    const { off } = await services.settings.get<Choice>();
    const methods = await allMethods(services, { currency: store.currency, locale });
    const withPlace = methods.map((method, at) => ({
      ...method,
      isOffered: !off.includes(method.code),
      place: at + 1,
    }));
    return {
      items: services.points.entries('paymentProviders').map(({ plugin, value: { code, title } }) => {
        const own = withPlace.filter(({ provider }) => provider === code);
        const state =
          own.length === 0 ? 'notConfigured' : own.some(({ isOffered }) => isOffered) ? 'on' : 'off';
        return { code, title, plugin, state, methods: own };
      }),
    };
  },
});

export const testProvider = route({
  ...manage,
  method: 'POST',
  path: '/payments/providers/:code/test',
  summary: 'Whether a provider can be reached with the settings as they are',
  rateLimit: { max: 30, window: 60_000, per: 'store' },
  params: Type.Object({ code: Type.String({ maxLength: 60 }) }),
  refusals: { notFound: 404 },
  async handler({ params: { code } }, services) {
    const provider = findProvider(services, code);
    if (!provider) return refused('notFound');
    const tested = await provider.test();
    return tested.ok ? ok({ state: 'ok' }) : tested;
  },
});

export const chooseMethods = route({
  ...manage,
  method: 'PUT',
  path: '/payments/methods',
  summary: 'Sets the order of the ways to pay, and which of them buyers are not offered',
  body: Type.Object({ order: codes, off: codes }),
  async handler({ body }, { settings }) {
    const saved = await settings.set(body);
    return saved.ok ? ok(await settings.get<Choice>()) : saved;
  },
});

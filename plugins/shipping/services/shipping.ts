import type { Cradle, Parcel, Shipping, ShippingRate, ShippingRateType, ShippingZoneRate } from 'kontor/sdk';
import { COUNTRIES } from '../data/countries.ts';
import { createPlan } from './plan.ts';
import { zonesFor } from './zones-for.ts';

const LONGEST = 2_000; // ms a type may take; a carrier that does not answer must not hold up the checkout

type Needs = Pick<Cradle, 'database' | 'i18n' | 'log' | 'points' | 'settings' | 'stores'>;

/** What it costs to bring a parcel to a buyer of the current store. */
export function createShipping(services: Needs): Shipping {
  const { i18n, log, points } = services;
  const plan = createPlan(services);
  const typeOf = (code: string) => points.of('shippingRates').find((type) => type.code === code);

  async function offer(rate: ShippingZoneRate, parcel: Parcel): Promise<ShippingRate | undefined> {
    const type = typeOf(rate.type);
    if (!type || !rate.isActive || rate.currency !== parcel.value.currency) return undefined;
    const amount = await price({ type, rate, parcel });
    if (amount === undefined) return undefined;
    const isFree = rate.freeFrom !== null && parcel.value.amount >= rate.freeFrom;
    return {
      code: `rate-${rate.id}`,
      ...textsOf(rate),
      amount: { amount: isFree ? 0 : amount, currency: rate.currency },
      isPickup: type.isPickup ?? false,
    };
  }

  /** One type that fails takes its own rates out, nobody else's. */
  async function price({
    type,
    rate,
    parcel,
  }: {
    type: ShippingRateType;
    rate: ShippingZoneRate;
    parcel: Parcel;
  }) {
    try {
      const amount = await inTime(type.quote(rate.args, parcel));
      if (amount === undefined || (Number.isSafeInteger(amount) && amount >= 0)) return amount;
      log.warn(
        { rateId: rate.id, type: type.code, amount },
        'a shipping rate gave no whole amount; it is left out',
      );
    } catch (err) {
      log.warn({ rateId: rate.id, type: type.code, err }, 'a shipping rate failed; it is left out');
    }
    return undefined;
  }

  function textsOf({ title, description, translations }: ShippingZoneRate) {
    const own = translations[i18n.text('language')];
    return { title: own?.title || title, description: own?.description || description };
  }

  return {
    async quote(parcel) {
      const rates = zonesFor(await plan(), parcel.shipTo).flatMap(({ rates }) => rates);
      const offers = await Promise.all(rates.map((rate) => offer(rate, parcel)));
      return offers
        .filter((one) => one !== undefined)
        .sort((left, right) => left.amount.amount - right.amount.amount);
    },
    async countries() {
      const served = (await plan())
        .filter(({ isActive, rates }) => isActive && rates.some((rate) => rate.isActive))
        .flatMap(({ countries }) => countries);
      return served.includes('*') ? [...COUNTRIES] : [...new Set(served)].sort();
    },
  };
}

async function inTime<Value>(work: Value | Promise<Value>): Promise<Value> {
  if (!(work instanceof Promise)) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Expected a price within ${LONGEST} ms`)), LONGEST);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

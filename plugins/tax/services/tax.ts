import type { Cradle, Tax, TaxDecision, TaxRate } from 'kontor/sdk';
import { decide, type Decided } from './decide.ts';
import { createRates } from './rates.ts';

type Settings = { country: string; taxIncluded: boolean; taxRounding: 'line' | 'document' };

/** How the current store taxes what it sells. */
export function createTax(
  services: Pick<Cradle, 'clock' | 'database' | 'i18n' | 'settings' | 'stores'>,
): Tax {
  const { clock, i18n, settings, stores } = services;
  const rates = createRates(services);
  const calendars = new Map<string, Intl.DateTimeFormat>(); // making one costs more than a decision

  /** The day in the store's own time, as `2026-11-23`. */
  function dayOf(date: Date): string {
    const { timeZone } = stores.current();
    const calendar = calendars.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone });
    calendars.set(timeZone, calendar);
    return calendar.format(date);
  }

  function worded(decided: Decided): TaxDecision {
    const key = decided.regime === 'domestic' && decided.taxClass !== 'exempt' ? 'rate' : 'free';
    return { ...decided, title: i18n.text(`title.${key}`, { percent: decided.rateBps / 100 }) };
  }

  return {
    async decide({ lines, shipTo, billTo, date }) {
      const { country } = await settings.get<Settings>();
      const question = {
        country,
        rates: await rates.of(country),
        day: dayOf(date ?? clock.now()),
        ...(shipTo && { shipTo }),
        ...(billTo && { billTo }),
      };
      // Carriage is part of the supply of the goods: it is taxed as they are, in proportion.
      return { lines: lines.map((line) => worded(decide(line, question))), shipping: null };
    },
    settings: () => settings.get<Settings>(),
    async rates(options = {}) {
      const country = options.country ?? (await settings.get<Settings>()).country;
      const day = options.date && dayOf(options.date);
      const isAsked = ({ validFrom, validTo }: TaxRate) =>
        !day || (validFrom <= day && (validTo === null || day <= validTo));
      return { country, rates: (await rates.of(country)).filter(isAsked) };
    },
    forgetRates: () => rates.forget(),
  };
}

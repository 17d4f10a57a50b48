import { accepted } from './accepted.ts';
import { type Command, CommandError, UsageError } from './command.ts';
import { withKernel } from './open-kernel.ts';

export default {
  words: 'HANDLE',
  options: {
    name: { type: 'string' },
    merchant: { type: 'string' },
    tier: { type: 'string' },
    currency: { type: 'string' },
    locale: { type: 'string' },
    'time-zone': { type: 'string' },
  },
  explain: {
    name: 'What shoppers read; the handle when left out',
    merchant: 'Number of the merchant it belongs to; a new one when left out',
    tier: 'Tier of a new merchant; essential when left out',
    currency: 'EUR when left out',
    locale: 'en when left out',
    'time-zone': 'Europe/Luxembourg when left out',
  },
  run: ({ words: [handle], options }) =>
    withKernel('stores create', async ({ tenancy, database, features }) => {
      const text = (name: string) => (options[name] === undefined ? undefined : String(options[name]));
      const name = text('name') ?? handle!;
      const store = await database.platform.transaction(async () => {
        const made = await tenancy.admin.createStore({
          merchantId: await merchantOf({
            name,
            tier: text('tier') ?? 'essential',
            merchant: text('merchant'),
          }),
          handle: handle!,
          name,
          ...(options.currency ? { currency: text('currency')! } : {}),
          ...(options.locale ? { locale: text('locale')! } : {}),
          ...(options['time-zone'] ? { timeZone: text('time-zone')! } : {}),
        });
        return accepted(`Store ${handle}`, made); // a refusal takes the new merchant back, too
      });
      return { data: store, text: `${store.name} is open at ${store.host}` };

      async function merchantOf(given: {
        name: string;
        tier: string;
        merchant: string | undefined;
      }): Promise<number> {
        if (given.merchant === undefined) {
          const known = (await features.tiers()).map(({ code }) => code);
          if (known.length === 0)
            throw new CommandError('There are no tiers yet: kontor start makes the first ones');
          const merchant = await tenancy.admin.createMerchant(given);
          return accepted(`Its merchant (tiers are ${known.join(', ')})`, merchant).id;
        }
        if (!/^\d+$/.test(given.merchant))
          throw new UsageError(`Expected a number for --merchant, got '${given.merchant}'`);
        return Number(given.merchant);
      }
    }),
} satisfies Command;

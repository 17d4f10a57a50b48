import type { ShippingZoneInput } from 'kontor/sdk';
import { accepted } from '../cli/accepted.ts';
import type { DemoShop } from './data/index.ts';
import { LOCALES } from './data/shape.ts';
import type { ShopKeeper } from './shop-keeper.ts';

const HOME = ['LU'] as const;
const NEAR = ['BE', 'DE', 'FR', 'NL'] as const;

/** How a shop delivers, is paid and looks. */
export async function openCounter(keeper: ShopKeeper, shop: DemoShop): Promise<void> {
  await keeper.with('shippingZones', async (zones) => {
    const zone = async (input: ShippingZoneInput & { name: string; countries: readonly string[] }) =>
      accepted(`Zone ${input.name}`, await zones.createZone(input)).id;
    const home = await zone({ name: 'Luxembourg', countries: HOME });
    const near = await zone({ name: 'Neighbours', countries: NEAR });
    const rate = async (zoneId: number, input: Parameters<typeof zones.createRate>[1]) =>
      accepted(`Rate ${input.title}`, await zones.createRate(zoneId, input));
    await rate(home, { ...POST, type: 'flat', args: { amount: 590 }, freeFrom: 6000 });
    await rate(home, { ...PICKUP, type: 'pickup', args: {} });
    await rate(near, { ...POST, type: 'flat', args: { amount: 1290 }, freeFrom: 12000 });
  });
  await keeper.set('payments-manual', {
    iban: 'LU280019400644750000',
    accountHolder: shop.name,
    hasInvoice: false,
  });
  const at = LOCALES.indexOf(shop.locale as (typeof LOCALES)[number]);
  await keeper.set('storefront', {
    headline: shop.headline[at]!,
    introduction: shop.introduction[at]!,
    translations: Object.fromEntries(
      LOCALES.flatMap((locale, index) =>
        index === at
          ? []
          : [[locale, { headline: shop.headline[index]!, introduction: shop.introduction[index]! }]],
      ),
    ),
    accent: shop.accent,
  });
  await keeper.set('checkout', { accent: shop.accent });
}

const POST = {
  title: 'Post',
  description: 'Two to three working days',
  translations: {
    fr: { title: 'Poste', description: 'Deux à trois jours ouvrables' },
    de: { title: 'Post', description: 'Zwei bis drei Werktage' },
    lb: { title: 'Post', description: 'Zwee bis dräi Wierkdeeg' },
  },
} as const;

const PICKUP = {
  title: 'Collect in Vianden',
  description: 'Tuesday to Saturday, from 10 to 18',
  translations: {
    fr: { title: 'Retrait à Vianden', description: 'Du mardi au samedi, de 10 à 18 h' },
    de: { title: 'Abholen in Vianden', description: 'Dienstag bis Samstag, 10 bis 18 Uhr' },
    lb: { title: 'Zu Veianen ofhuelen', description: 'Dënschdes bis samschdes, vun 10 bis 18 Auer' },
  },
} as const;

import { readFile } from 'node:fs/promises';
import { freePort } from '../../scripts/cli/free-port.ts';
import type { Person } from './chromium.ts';
import { openShop } from './shop.ts';

const PLUGINS = [
  'storefront',
  'checkout',
  'payments-manual',
  'inventory',
  'search',
  'media',
  'mail',
  'accounts',
  'admin',
];
const SCARVES = [10, 3, 0] as const; // of each colour
const PICTURE = new URL('../../scripts/demo/pictures/', import.meta.url);

/**
 * The shop of the tests behind a real port, with pictures, a scarf in three colours and two ways to deliver.
 *
 * @param plugins - besides those that a shop needs
 */
export async function openShopWindow(
  t: Parameters<typeof openShop>[0],
  { plugins = [] }: { plugins?: readonly string[] } = {},
) {
  const host = '127.0.0.1';
  const port = await freePort({ host, port: 0 });
  const platformOrigin = `http://localhost:${port}`;
  const shop = await openShop(t, {
    plugins: [...PLUGINS, ...plugins],
    config: {
      http: {
        host,
        port,
        platformDomain: 'localhost',
        platformOrigin,
        trustedProxies: [],
        requestTimeout: 30_000,
      },
    },
  });
  const team = await shop.owner('a');
  const api = `/api/stores/${shop.stores.a.handle}`;
  const [zone] = (await team.get(`${api}/shipping/zones`)).body.items;
  const express = { type: 'flat', title: 'Express', args: { amount: 1200 } };
  const rate = await team.post(`${api}/shipping/zones/${zone.id}/rates`, express);
  if (rate.status >= 400) throw new Error(`No rate: ${JSON.stringify(rate.body)}`);
  const scarf = await hangScarf(shop);
  return {
    ...shop,
    team,
    api,
    scarf,
    platformOrigin,
    origin: `http://${shop.stores.a.host}`,
    /** As many scarves on the shelf as at first; what was sold before waits to be sent. */
    putBack: () =>
      shop.inStore('a', 'inventory', async ({ inventory }) => {
        const levels = await inventory.levels(scarf.variants);
        const lines = scarf.variants.map((variantId, at) => ({
          variantId,
          onHand: levels.get(variantId)!.reserved + SCARVES[at]!,
        }));
        await inventory.set(lines, { reason: 'a test' });
      }),
  };
}

/** A scarf in three colours, each with its picture; one is sold out. @returns ids of its variants */
async function hangScarf({ inStore, mug }: Awaited<ReturnType<typeof openShop>>) {
  const pictureIds = await inStore('a', 'catalog', async ({ media }) => {
    const ids = [];
    for (const name of ['scarf-rose', 'scarf-dusk', 'scarf-moss', 'mug-sand']) {
      const content = await readFile(new URL(`${name}.webp`, PICTURE));
      const added = await media!.add({ content, name: `${name}.webp` });
      if (!added.ok) throw new Error(`No picture: ${added.refusal}`);
      ids.push(added.value.id);
    }
    return ids;
  });
  const [cup] = pictureIds.splice(3);
  return inStore('a', 'catalog', async ({ catalog, inventory }) => {
    const made = await catalog.create({
      title: 'Wool scarf',
      handle: 'wool-scarf',
      vendor: 'Weavers of Wiltz',
      description: '<p>Two metres of it.</p>',
      state: 'active',
      safety: { manufacturer: 'Weavers of Wiltz' },
      options: [{ name: 'Colour', values: ['Rose', 'Dusk', 'Moss'] }],
      variants: ['Rose', 'Dusk', 'Moss'].map((colour, at) => ({
        amount: 5000 + at * 500,
        compareAtAmount: at === 1 ? 7000 : null,
        options: [colour],
        weightGrams: 200,
        requiresShipping: true,
        pictureId: pictureIds[at]!,
      })),
      pictureIds,
    });
    if (!made.ok) throw new Error(`No scarf: ${made.refusal} ${JSON.stringify(made.details)}`);
    const variants = made.value.variants.map(({ id }) => id);
    const lines = variants.map((variantId, at) => ({ variantId, onHand: SCARVES[at]! }));
    await inventory!.set(lines, { reason: 'a test' });
    const plain = await catalog.productByHandle('mug');
    await catalog.update(plain!.id, { pictureIds: [cup!] });
    await catalog.saveCollection({
      title: 'Everything',
      handle: 'everything',
      description: '<p>All there is.</p>',
      isPublished: true,
      productIds: [made.value.id, plain!.id],
      pictureId: pictureIds[0]!,
    });
    return { variants, mug };
  });
}

/** From the cart to the choice of the payment, as a person does: by filling what they see and pressing what leads on. */
export async function goToPayment({ page }: Pick<Person, 'page'>): Promise<void> {
  await page.getByRole('link', { name: 'Checkout', exact: true }).click();
  await fillContact({ page });
  await next({ page }, /\dDelivery$/);
  await chooseDelivery({ page });
}

export async function chooseDelivery({ page }: Pick<Person, 'page'>): Promise<void> {
  await page.getByRole('radio', { name: 'Express' }).check();
  await next({ page }, /Payment$/);
}

export async function fillContact({ page }: Pick<Person, 'page'>): Promise<void> {
  const values = {
    email: 'ada@example.lu',
    'shipTo-firstName': 'Ada',
    'shipTo-lastName': 'Weber',
    'shipTo-line1': '12, rue de la Gare',
    'shipTo-postalCode': '1611',
    'shipTo-city': 'Luxembourg',
  };
  for (const [id, value] of Object.entries(values)) await page.locator(`#${id}`).fill(value);
}

/** Presses on in the open step, and waits for the one behind it. */
async function next({ page }: Pick<Person, 'page'>, title: RegExp): Promise<void> {
  await page.locator('.step-open button.button').click();
  await page.locator('.step-open h2', { hasText: title }).waitFor();
}

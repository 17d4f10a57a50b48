import t, { type Test } from 'tap';
import { openChromium, type Person } from '../support/chromium.ts';
import { openShopWindow } from '../support/shop-window.ts';

const SCREENS = [
  { width: 390, height: 844, name: 'a phone' },
  { width: 1280, height: 900, name: 'a desk' },
];
const PAGES = [
  '/',
  '/collections',
  '/collections/all',
  '/search?q=scarf',
  '/products/wool-scarf',
  '/cart',
  '/account/login',
];

t.test('the default theme in a browser', async (t) => {
  const shop = await openShopWindow(t);
  const chromium = await openChromium(t);
  await shop.inStore('a', 'storefront', async ({ themes }) => {
    const made = await themes.addBundled({ key: 'default' });
    if (!made.ok) throw new Error(made.refusal);
    const published = await themes.publish({ id: made.value.theme.id });
    if (!published.ok) throw new Error(published.refusal);
  });

  const isSound = async (t: Test, person: Person, what: string) =>
    t.same(
      {
        barriers: await person.barriers(),
        faults: person.faults.take(),
        shifts: await person.shifts(),
        isTooWide: await person.isTooWide(),
      },
      { barriers: [], faults: [], shifts: [], isTooWide: false },
      what,
    );

  for (const { name, ...viewport } of SCREENS) {
    for (const colorScheme of ['light', 'dark'] as const) {
      t.test(`is sound on ${name}, ${colorScheme}`, async (t) => {
        const person = await chromium.person({ viewport, colorScheme });
        for (const path of PAGES) {
          await person.page.goto(`${shop.origin}${path}`, { waitUntil: 'networkidle' });
          await isSound(t, person, path);
        }
        await person.close();
      });
    }
  }

  t.test('a scarf is chosen, changed and taken to the checkout without leaving the page', async (t) => {
    const person = await chromium.person({ viewport: SCREENS[0]! });
    const { page } = person;
    await page.goto(`${shop.origin}/`);
    await page.getByRole('link', { name: 'Wool scarf' }).first().click();
    await page.getByRole('radio', { name: 'Dusk' }).check();
    await page.waitForURL(/variant=/);
    await page.getByText('Only 3 left').waitFor();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    const drawer = page.getByRole('dialog', { name: 'Your cart' });
    await drawer.getByText('€55.00').first().waitFor();
    t.same(await person.barriers(), [], 'the drawer is open to everybody');
    await drawer.getByRole('spinbutton').fill('2');
    await drawer.getByRole('spinbutton').press('Tab');
    await drawer.getByText('€110.00').first().waitFor();
    t.equal(await page.locator('[data-cart-count]').textContent(), '2');
    t.same(person.faults.take(), []);
    await drawer.getByRole('spinbutton').fill('9');
    await drawer.getByRole('spinbutton').press('Tab');
    await drawer.getByRole('alert').filter({ hasText: /./ }).waitFor();
    t.equal(await drawer.getByRole('spinbutton').inputValue(), '2', 'what is not there is not taken');
    t.match(person.faults.take(), [/change\.js: 422$/]);
    await drawer.getByRole('button', { name: 'Checkout' }).click();
    await page.waitForURL(/\/checkout/);
    await person.close();
  });

  t.test('without JavaScript the same is done by forms', async (t) => {
    const person = await chromium.person({ javaScriptEnabled: false });
    const { page } = person;
    await page.goto(`${shop.origin}/products/wool-scarf`);
    await page.getByLabel('Kind').selectOption('Dusk');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('heading', { name: 'Your cart' }).waitFor();
    t.equal(await page.locator('main .sum-total dd').textContent(), '€55.00');
    await page.getByRole('spinbutton').fill('2');
    await page.getByRole('button', { name: 'Update cart' }).click();
    t.equal(await page.locator('main .sum-total dd').textContent(), '€110.00');
    await page.getByRole('button', { name: /^Remove/ }).click();
    await page.getByText('Your cart is empty.').waitFor();
    await page.goto(`${shop.origin}/search?q=scarf`);
    await page.getByRole('link', { name: 'Wool scarf' }).waitFor();
    t.same(person.faults.take(), []);
    await person.close();
  });

  t.test('suggestions come while somebody types, and the keyboard goes through them', async (t) => {
    const person = await chromium.person();
    const { page } = person;
    await page.goto(`${shop.origin}/`);
    await page.getByRole('link', { name: 'Search', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Search' });
    await dialog.getByRole('searchbox').fill('scarf');
    await dialog.getByRole('link', { name: /Wool scarf/ }).waitFor();
    t.same(await person.barriers(), []);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/products\/wool-scarf/);
    t.same(person.faults.take(), []);
    await person.close();
  });
});

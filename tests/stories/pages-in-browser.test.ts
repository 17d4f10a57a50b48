import t, { type Test } from 'tap';
import { openChromium, type Person } from '../support/chromium.ts';
import { chooseDelivery, fillContact, openShopWindow } from '../support/shop-window.ts';

const SCREENS = [
  { width: 390, height: 844, name: 'a phone' },
  { width: 1280, height: 900, name: 'a desk' },
];
const QUIET = [
  '/',
  '/collections',
  '/collections/everything',
  '/collections/all?sort=price',
  '/search?q=scarf',
];

t.test('pages of a shop', async (t) => {
  const shop = await openShopWindow(t);
  const chromium = await openChromium(t);
  const dusk = shop.scarf.variants[1]!;

  /** Still when it comes, no wider than the screen, without errors, and open to everybody. */
  async function isSound(t: Test, person: Person, what: string, faults: readonly string[] = []) {
    t.same(
      {
        barriers: await person.barriers(),
        faults: person.faults.take(),
        shifts: await person.shifts(),
        isTooWide: await person.isTooWide(),
      },
      { barriers: [], faults, shifts: [], isTooWide: false },
      what,
    );
  }

  async function visit(t: Test, person: Person, path: string, faults?: readonly string[]) {
    await person.page.goto(`${shop.origin}${path}`);
    await isSound(t, person, path, faults);
  }

  for (const { name, ...viewport } of SCREENS) {
    for (const colorScheme of ['light', 'dark'] as const) {
      t.test(`are sound on ${name}, ${colorScheme}`, async (t) => {
        await shop.putBack();
        const person = await chromium.person({ viewport, colorScheme });
        const { page } = person;
        for (const path of QUIET) await visit(t, person, path);
        await visit(t, person, '/nowhere', [`GET ${shop.origin}/nowhere: 404`]);
        await visit(t, person, `/products/wool-scarf?variant=${shop.scarf.variants[2]}`);
        await visit(t, person, `/products/wool-scarf?variant=${dusk}&refused=outOfStock&available=3`);
        await visit(t, person, '/cart');

        await page.goto(`${shop.origin}/products/wool-scarf?variant=${dusk}`);
        await page.getByRole('button', { name: 'Add to cart' }).click();
        await page.locator('[data-toast]').getByRole('link').waitFor();
        t.same(await person.barriers(), [], 'with the word that it is in the cart');
        await visit(t, person, `/cart?added=${dusk}`);

        await visit(t, person, '/checkout');
        await page.locator('.step-open button.button').click();
        await page.locator('.fault').first().waitFor();
        t.same(await person.barriers(), [], 'the checkout with faults');
        t.same(person.faults.take(), [`POST ${shop.origin}/checkout/contact: 422`]);
        await fillContact(person);
        await page.locator('.step-open button.button').click();
        await page.getByRole('radio', { name: 'Express' }).waitFor();
        await visit(t, person, '/checkout');
        await chooseDelivery(person);
        await visit(t, person, '/checkout');
        await page.getByRole('button', { name: 'Order with obligation to pay' }).click();
        await page.waitForURL(/thank-you/);
        await isSound(t, person, 'thank you');
        await person.close();
      });
    }
  }

  t.test('are used with nothing but keys', async (t) => {
    await shop.putBack();
    const person = await chromium.person();
    const { page } = person;
    const { keyboard } = page;
    const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()');
    await page.goto(`${shop.origin}/products/wool-scarf`);
    await keyboard.press('Tab');
    t.equal(await focused(), 'Skip to content');
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    t.equal(await page.evaluate('document.activeElement.name'), 'id', 'past the header, at the colours');
    await keyboard.press('ArrowRight');
    await page.getByText('Only 3 left').waitFor();
    t.match(page.url(), `variant=${dusk}`);
    t.equal(await page.locator('.facts .price strong').textContent(), '€55.00');
    await keyboard.press('ArrowRight');
    await page.locator('.stock-none').waitFor();
    t.equal(await page.getByRole('button', { name: 'Sold out' }).isDisabled(), true);
    await keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: 'Add to cart' }).waitFor();
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.getByText('Wool scarf is in your cart.').waitFor();

    await page.goto(`${shop.origin}/cart`);
    const quantity = page.getByRole('spinbutton');
    await quantity.focus();
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await page.locator('.sum .total dd', { hasText: '€110.00' }).waitFor();
    t.equal(await page.evaluate('document.activeElement.id'), 'line-1', 'the field keeps the focus');
    await quantity.fill('4');
    await keyboard.press('Enter');
    await page.getByText('Only 3 of this are left').waitFor();
    t.equal(await quantity.inputValue(), '2');
    await page.getByRole('button', { name: 'Remove' }).focus();
    await keyboard.press('Enter');
    await page.getByText('Your cart is empty.').waitFor();
    t.equal(await focused(), 'Your cart');
    t.same(person.faults.take(), []);
    await person.close();
  });

  t.test('keep their place when the language is changed', async (t) => {
    const person = await chromium.person();
    const { page } = person;
    await page.goto(`${shop.origin}/search?q=scarf&sort=price`);
    for (const [language, title] of [
      ['Français', 'Résultats pour « scarf »'],
      ['Deutsch', 'Ergebnisse für „scarf“'],
      ['Lëtzebuergesch', 'Resultater fir „scarf“'],
    ] as const) {
      await page.getByRole('link', { name: language }).click();
      await page.getByRole('heading', { name: title }).waitFor();
      t.match(page.url(), '/search?q=scarf&sort=price&locale=');
      t.equal(await page.locator('.card').count(), 1);
    }
    await page.goto(`${shop.origin}/products/wool-scarf?variant=${dusk}`);
    t.equal(await page.locator('html').getAttribute('lang'), 'lb', 'and it stays chosen');
    t.equal(await page.getByRole('button', { name: 'An de Kuerf leeën' }).count(), 1);
    t.same(person.faults.take(), []);
    await person.close();
  });
});

t.test('without Chromium a test fails, and says how to get it', async (t) => {
  const { CHROMIUM } = process.env;
  t.teardown(() => {
    if (CHROMIUM === undefined) delete process.env.CHROMIUM;
    else process.env.CHROMIUM = CHROMIUM;
  });
  process.env.CHROMIUM = '/nowhere/chromium';
  await t.rejects(openChromium(t), {
    message:
      'Expected Chromium at /nowhere/chromium. Install it: `apt-get install chromium`, or say where it is: CHROMIUM=/path/to/chrome',
  });
});

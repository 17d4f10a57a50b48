import t, { type Test } from 'tap';
import { openChromium, type Person } from '../support/chromium.ts';
import { startFakeStripe } from '../support/fake-stripe/index.ts';
import { goToPayment, openShopWindow } from '../support/shop-window.ts';

const CARDS = '[name="details[stripe][paymentMethod]"]';
const TOTAL = 6700; // a scarf of 55.00 by express of 12.00

t.test('a purchase in a browser', async (t) => {
  const shop = await openShopWindow(t, { plugins: ['payments-stripe'] });
  const stripe = await startFakeStripe(t, { now: () => shop.clock.now().getTime() });
  const boss = await shop.admin();
  await boss.patch('/api/admin/settings/payments-stripe', stripe.settings);
  const keys = { secretKey: stripe.secretKey, publishableKey: 'pk_test_fake', webhookSecret: 'whsec_fake' };
  const saved = await shop.team.patch(`${shop.api}/payments/stripe/settings`, keys);
  t.equal(saved.status, 200);
  stripe.webhooks.sendTo({ secret: keys.webhookSecret, to: saved.body.webhookAddress });
  const chromium = await openChromium(t);
  const dusk = shop.scarf.variants[1]!;

  const left = () =>
    shop.inStore(
      'a',
      'inventory',
      async ({ inventory }) => (await inventory.levels([dusk])).get(dusk)!.available,
    );
  const order = async (number: string) => {
    const { body } = await shop.team.get(`${shop.api}/orders?limit=100`);
    return body.items.find((one: { number: string }) => one.number === number);
  };
  /** The mail that tells of an order, as whoever develops a shop reads it. */
  async function mailOf(number: string): Promise<string> {
    await shop.jobs.drain();
    const { page, close } = await chromium.person();
    await page.goto(`${shop.platformOrigin}/outbox`);
    await page.getByRole('link', { name: number }).first().click();
    const mail = page.frameLocator('iframe').locator('body');
    await mail.getByText(number).first().waitFor();
    const text = (await mail.textContent()) ?? '';
    await close();
    return text;
  }

  /** Takes a scarf from the shelf into the cart, and goes to the cart. */
  async function fillCart(t: Test, { page }: Person, hasScript: boolean) {
    await page.goto(`${shop.origin}/`);
    await page.getByRole('link', { name: 'Wool scarf' }).click();
    await page.getByRole('radio', { name: 'Dusk' }).check();
    if (hasScript) await page.getByText('Only 3 left').waitFor();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    if (hasScript) {
      await page.getByText('Wool scarf is in your cart.').waitFor();
      t.match(await page.locator('.to-cart').textContent(), 'Cart, 1 item');
      await page.locator('[data-toast]').getByRole('link', { name: 'Your cart' }).click();
    }
    await page.getByRole('heading', { name: 'Your cart' }).waitFor();
    t.equal(await page.locator('.sum .total dd').textContent(), '€55.00');
  }

  async function pressOrder({ page }: Person) {
    await page.getByRole('button', { name: 'Order with obligation to pay' }).click();
  }

  /** @returns the number of the order that the page thanks for */
  async function thanked(t: Test, { page }: Person): Promise<string> {
    await page.waitForURL(/\/checkout\/thank-you\//);
    t.equal(await page.locator('h1').textContent(), 'Thank you, Ada!');
    return /#\d+/.exec((await page.locator('.eyebrow').textContent()) ?? '')![0];
  }

  async function isSold(t: Test, number: string) {
    await shop.jobs.drain();
    t.match(await order(number), {
      number,
      email: 'ada@example.lu',
      paymentState: 'paid',
      state: 'processing',
      amount: TOTAL,
    });
    const mail = await mailOf(number);
    t.match(mail, 'Wool scarf');
    t.match(mail, '€67.00');
  }

  async function atPayment(t: Test, options: { javaScriptEnabled?: boolean } = {}) {
    await shop.putBack();
    const person = await chromium.person(options);
    await fillCart(t, person, options.javaScriptEnabled !== false);
    await goToPayment(person);
    return person;
  }

  for (const javaScriptEnabled of [true, false]) {
    t.test(`by a guest, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
      const person = await atPayment(t, { javaScriptEnabled });
      await person.page.getByRole('radio', { name: 'Test card' }).check();
      await pressOrder(person);
      const number = await thanked(t, person);
      t.equal(await left(), 2);
      await isSold(t, number);
      t.same(person.faults.take(), []);
      await person.page.goto(`${shop.origin}/cart`);
      await person.page.getByText('Your cart is empty.').waitFor();
      await person.close();
    });
  }

  t.test('by Stripe', async (t) => {
    /** Up to the page on which Stripe asks for the card. */
    async function atStripe(t: Test) {
      const person = await atPayment(t);
      await chooseStripe(person);
      return person;
    }
    async function chooseStripe(person: Person) {
      await person.page.locator('[name="method"][value="stripe"]').check();
      // A list of cards stands on our page for stand-ins of Stripe only; here its script asks, as it does for the real one.
      await person.page.evaluate(`document.querySelector('${CARDS}').remove()`);
      await pressOrder(person);
      await person.page.locator('select[name="fake-card"]').waitFor();
    }
    async function pay({ page }: Person, card: string) {
      await page.locator('select[name="fake-card"]').selectOption(card);
      await page.getByRole('button', { name: 'Pay' }).click();
    }
    async function isPaidOnce(t: Test, person: Person) {
      const number = await thanked(t, person);
      await stripe.webhooks.flush();
      t.equal(await left(), 2);
      await isSold(t, number);
      t.same(person.faults.take(), []);
      await person.close();
    }

    t.test('with a card', async (t) => {
      const person = await atStripe(t);
      await pay(person, 'pm_card_visa');
      await isPaidOnce(t, person);
    });

    t.test('with a card, without JavaScript', async (t) => {
      const person = await atPayment(t, { javaScriptEnabled: false });
      await person.page.locator('[name="method"][value="stripe"]').check();
      await person.page.locator(CARDS).selectOption('pm_card_threeDSecure2Required');
      await pressOrder(person);
      await person.page.getByRole('button', { name: 'Complete' }).click();
      await isPaidOnce(t, person);
    });

    t.test('with a card that asks for 3-D Secure, approved', async (t) => {
      const person = await atStripe(t);
      await pay(person, 'pm_card_threeDSecure2Required');
      await person.page.getByRole('button', { name: 'Complete' }).click();
      await isPaidOnce(t, person);
    });

    t.test('3-D Secure is declined, and another card pays', async (t) => {
      const person = await atStripe(t);
      await pay(person, 'pm_card_threeDSecure2Required');
      await person.page.getByRole('button', { name: 'Fail' }).click();
      await person.page.getByText('Your payment did not go through. Nothing was charged.').waitFor();
      await chooseStripe(person);
      await pay(person, 'pm_card_visa');
      await isPaidOnce(t, person);
    });

    t.test('a declined card buys nothing, and says so in the words of the bank', async (t) => {
      const before = await shop.team.get(`${shop.api}/orders?limit=100`);
      const person = await atStripe(t);
      await pay(person, 'pm_card_chargeDeclined');
      await person.page.getByText('Your card was declined.').waitFor();
      await stripe.webhooks.flush();
      await shop.jobs.drain();
      const after = await shop.team.get(`${shop.api}/orders?limit=100`);
      t.equal(after.body.items.length, before.body.items.length);
      await person.page.goto(`${shop.origin}/cart`);
      t.equal(await person.page.locator('.lines li').count(), 1, 'the cart is as it was');
      t.equal(await person.page.locator('.problem').count(), 0, 'and what it holds is not in its own way');
      t.match(person.faults.take(), [/^POST .*\/confirm: 402$/], 'the answer of the bank, and nothing else');
      await person.close();
    });
  });
});

import t from 'tap';
import type { Browser } from '../../../tests/support/browser.ts';
import { ADA, openShop } from '../../../tests/support/shop.ts';

const CONTACT = {
  email: 'ada@example.lu',
  ...Object.fromEntries(Object.entries(ADA).map(([name, value]) => [`shipTo[${name}]`, value])),
};
const PAY = { billing: 'same', method: 'test-card', note: '' };
const card = (number: string) => ({ 'details[test-card][card]': number });

t.test('buying by forms, without JavaScript', async (t) => {
  const shop = await openShop(t, { until: 'control' });
  const { inStore, lamp, mug } = shop;
  const orders = () =>
    inStore('a', 'orders', async ({ orders }) => (await orders.list({ limit: 100 })).orders);
  const orderAt = (address: string) =>
    inStore('a', 'orders', ({ orders }) => orders.byToken(address.split('/').at(-1)!));
  const expectedOf = (body: string) => /name="expected" value="(\d+)"/.exec(body)?.[1] ?? '';
  /** The step whose content is open. */
  const openStep = (body: string) => /class="step step-open"[\s\S]*?<\/span>([^<]+)<\/h2>/.exec(body)?.[1];
  const words = (body: string) => body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

  async function atPayment(visitor: Browser) {
    await visitor.submit('/checkout/contact', CONTACT);
    const page = await visitor.submit('/checkout/delivery', { rateCode: 'rate-1' });
    return { ...page, expected: expectedOf(page.body) };
  }

  t.test('goes step by step to an order, in the language of the buyer', async (t) => {
    const visitor = await shop.buyer([{ variantId: mug, quantity: 2 }]);
    const first = await visitor.get('/checkout?locale=fr');
    t.equal(first.status, 200);
    t.match(first.headers, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-store',
      'content-security-policy': /^default-src 'none'; script-src 'self'; style-src 'self' 'sha256-/,
    });
    t.match(first.body, '<html lang="fr">');
    t.equal(openStep(first.body), 'Coordonnées et adresse de livraison');

    const second = await visitor.submit('/checkout/contact', CONTACT);
    t.equal(second.address, '/checkout');
    const third = await visitor.submit('/checkout/delivery', { rateCode: 'rate-1' });
    t.equal(openStep(third.body), 'Paiement');
    t.match(words(third.body), 'Commande avec obligation de paiement');
    t.match(words(third.body), /Total 44,98\s€/);
    t.match(words(third.body), /Dont TVA 17\s% 6,54\s€/);
    t.equal(expectedOf(third.body), '4498');

    const thanks = await visitor.submit('/checkout/pay', {
      ...PAY,
      expected: 4498,
      ...card('4242424242424242'),
    });
    t.match(thanks.address, /^\/checkout\/thank-you\/[\w-]{22}$/);
    t.match(words(thanks.body), 'Merci, Ada !');
    t.match(words(thanks.body), 'Commande #1001');
    t.match(await orderAt(thanks.address!), {
      number: '#1001',
      locale: 'fr',
      totals: { total: 4498 },
      paymentState: 'authorised',
    });
    t.equal((await visitor.get('/checkout')).address, thanks.address, 'the cart leads to its order');
    const status = await shop.visit().get(thanks.address!.replace('thank-you', 'orders'));
    t.match(words(status.body), 'Commande #1001', 'the link of the mail works anywhere');
    const { id } = (await orderAt(thanks.address!))!;
    await shop.jobs.drain();
    await inStore('a', 'orders', ({ orders }) =>
      orders.ship(id, { carrier: 'Post', trackingNumber: 'LU 1', trackingUrl: 'https://post.example/LU1' }),
    );
    const sent = await shop.visit().get(`/checkout/orders/${thanks.address!.split('/').at(-1)}`);
    t.match(sent.body, '<a href="https://post.example/LU1" rel="noopener noreferrer">Post LU 1</a>');
    t.equal((await shop.visit('b').get(thanks.address!)).status, 404);
    t.equal((await shop.visit().get('/checkout/orders/nobody')).status, 404);
  });

  t.test('has the button of the law in every language', async (t) => {
    const buttons = {
      en: 'Order with obligation to pay',
      fr: 'Commande avec obligation de paiement',
      de: 'Zahlungspflichtig bestellen',
      lb: 'Bestellung mat Zuelungsflicht',
    };
    const visitor = await shop.buyer();
    await atPayment(visitor);
    for (const [locale, button] of Object.entries(buttons)) {
      const { body } = await visitor.get(`/checkout?locale=${locale}`);
      t.match(body, `>${button}</button>`, locale);
    }
  });

  t.test('says what is wrong beside the field, and keeps what was typed', async (t) => {
    const visitor = await shop.buyer();
    const { status, body } = await visitor.submit('/checkout/contact', {
      ...CONTACT,
      email: 'ada@',
      'shipTo[city]': '',
      'shipTo[line1]': '<script>alert(1)</script>',
    });
    t.equal(status, 422);
    t.match(
      body,
      /<input id="email"[^>]*value="ada@"[^>]*aria-invalid="true"[^>]*aria-describedby="email-fault email-hint"/,
    );
    t.match(body, 'Please enter an email address such as anna@example.lu.');
    t.notMatch(body, '<script>alert');
    t.match(body, '&lt;script&gt;alert(1)&lt;/script&gt;');

    const address = await visitor.submit('/checkout/contact', {
      ...CONTACT,
      'shipTo[city]': ' ',
      'shipTo[postalCode]': '1',
    });
    t.match(address.body, /<input id="shipTo-city"[^>]*aria-invalid="true"/);
    t.match(address.body, /<a href="#shipTo-postalCode">[^<]+<\/a>/);
    t.match(address.body, /<p class="fault" id="shipTo-postalCode-fault">[^<]*\d{4}/);

    await visitor.submit('/checkout/contact', CONTACT);
    const rate = await visitor.submit('/checkout/delivery', { rateCode: 'none' });
    t.match(words(rate.body), 'Please choose how we should deliver.');
    const page = await visitor.get('/checkout');
    const none = await visitor.submit('/checkout/pay', { billing: 'same', expected: expectedOf(page.body) });
    t.match(words(none.body), 'Please choose how you would like to pay.');
    const bill = await visitor.submit('/checkout/pay', {
      ...PAY,
      billing: 'other',
      'billTo[country]': 'LU',
      expected: expectedOf(page.body),
    });
    t.match(bill.body, /<input id="billTo-city"[^>]*aria-invalid="true"/);
  });

  t.test('tells a declined card, and takes the next one', async (t) => {
    const visitor = await shop.buyer([{ variantId: lamp, quantity: 1 }]);
    const { expected } = await atPayment(visitor);
    const no = await visitor.submit('/checkout/pay', { ...PAY, expected, ...card('4000000000000002') });
    t.equal(no.status, 422);
    t.match(words(no.body), 'Your payment did not go through. Nothing was charged.');
    t.match(no.body, 'value="4000000000000002"');
    const yes = await visitor.submit('/checkout/pay', { ...PAY, expected, ...card('4242424242424242') });
    t.match(yes.address, '/checkout/thank-you/');
  });

  t.test('goes to the page of the bank and comes back, with or without a cookie', async (t) => {
    const visitor = await shop.buyer();
    const { expected } = await atPayment(visitor);
    const bank = await visitor.submit('/checkout/pay', { ...PAY, expected, ...card('4000000000003220') });
    t.match(bank.address, '/test-payment/');
    const answered = await visitor.ask('POST', bank.address!, { answer: 'approve' }, true);
    const [, query] = answered.location!.split('?');

    const elsewhere = await shop.visit().get(`/checkout/return?${query}`);
    t.match(elsewhere.address, '/checkout/thank-you/');
    t.equal((await visitor.get('/checkout/return')).address, elsewhere.address);

    const other = await shop.buyer();
    const again = await atPayment(other);
    const asked = await other.submit('/checkout/pay', {
      ...PAY,
      expected: again.expected,
      ...card('4000000000003220'),
    });
    const waiting = await other.get('/checkout/return');
    t.match(words(waiting.body), 'Your payment is being processed', 'the bank has said nothing yet');
    const declined = await other.submit(asked.address!, { answer: 'decline' });
    t.equal(declined.address, '/checkout');
    t.match(words(declined.body), 'Your payment did not go through. Nothing was charged.');
  });

  t.test('lets who turns back at the bank pay for the last pieces, which are theirs', async (t) => {
    const visitor = await shop.buyer([{ variantId: mug, quantity: 2 }]);
    const stock = (onHand: number) =>
      inStore('a', 'inventory', ({ inventory }) =>
        inventory.set([{ variantId: mug, onHand }], { reason: 'a test' }),
      );
    const free = () =>
      inStore('a', 'inventory', async ({ inventory }) => (await inventory.levels([mug])).get(mug)!);
    const { onHand, available } = await free();
    await stock(onHand - available + 2);
    const { expected } = await atPayment(visitor);
    await visitor.submit('/checkout/pay', { ...PAY, expected, ...card('4000000000003220') });
    t.equal((await free()).available, 0);

    t.same((await visitor.json('GET', '/api/shop/cart')).body.notices, []);
    t.notMatch((await visitor.get('/checkout')).body, 'role="status"');
    const other = await shop.visit().json('POST', '/api/shop/cart/lines', { variantId: mug, quantity: 1 });
    t.match(other, { status: 409, body: { code: 'outOfStock' } });
    const paid = await visitor.submit('/checkout/pay', { ...PAY, expected, ...card('4242424242424242') });
    t.match(paid.address, '/checkout/thank-you/');
    await stock(1000);
  });

  t.test('brings who paid and lost the page to their order', async (t) => {
    const visitor = await shop.buyer();
    await atPayment(visitor);
    await visitor.json('POST', '/api/shop/checkout/pay', {
      method: 'test-card',
      expected: 2499,
      details: { card: '4242424242424242' },
    });
    t.match((await visitor.get('/checkout')).address, '/checkout/thank-you/');
  });

  t.test('asks again when the price has changed under the buyer', async (t) => {
    const visitor = await shop.buyer();
    await atPayment(visitor);
    const page = await visitor.submit('/checkout/pay', { ...PAY, expected: 1, ...card('4242424242424242') });
    t.match(words(page.body), 'The total has changed from €0.01 to €24.99.');
    t.equal(expectedOf(page.body), '2499');
  });

  t.test('makes one order of a double click', async (t) => {
    const before = (await orders()).length;
    const visitor = await shop.buyer();
    const { expected } = await atPayment(visitor);
    const press = () => visitor.submit('/checkout/pay', { ...PAY, expected, ...card('4242424242424242') });
    const pages = await Promise.all([press(), press(), press()]);
    t.equal(new Set(pages.map(({ address }) => address)).size, 1);
    t.match(pages[0]!.address, '/checkout/thank-you/');
    t.equal((await orders()).length, before + 1);
  });

  t.test('shows an empty cart, and refuses what is no form of ours', async (t) => {
    const nobody = shop.visit();
    t.match(words((await nobody.get('/checkout')).body), 'Your cart is empty');
    t.match(words((await nobody.submit('/checkout/contact', CONTACT)).body), 'Your cart is empty');
    const visitor = await shop.buyer();
    t.equal((await visitor.ask('POST', '/checkout/pay', { expected: 1, total: 1 }, true)).status, 422);
    const foreign = await shop.kernel.http.inject({
      method: 'POST',
      url: '/checkout/contact',
      headers: {
        host: shop.stores.a.host,
        origin: 'https://evil.example',
        cookie: `kontor_cart=${visitor.token}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: 'email=a%40b.lu',
    });
    t.equal(foreign.statusCode, 403);
  });

  t.test('serves style and script for ever, by names that change with them', async (t) => {
    const { body } = await (await shop.buyer()).get('/checkout');
    const addresses = [...body.matchAll(/"(\/checkout\/assets\/[^"]+)"/g)].map(([, address]) => address!);
    t.equal(addresses.length, 2);
    for (const address of addresses) {
      const file = await shop.visit().get(address);
      t.match(file, { status: 200, headers: { 'cache-control': 'public, max-age=31536000, immutable' } });
    }
    t.equal((await shop.visit().get('/checkout/assets/checkout-000000000000.css')).status, 404);
  });

  t.test('asks what the store wants to know, and whom it sells to', async (t) => {
    const team = await shop.owner('a');
    const settings = `/api/stores/${shop.stores.a.handle}/checkout/settings`;
    const change = {
      phone: 'required',
      company: 'hidden',
      termsUrl: '/policies/terms',
      accent: '#ffdd00',
      guests: false,
    };
    t.match(await team.patch(settings, change), { status: 200, body: change });
    t.match(await team.patch(settings, { accent: 'red' }), { status: 422, body: { code: 'invalid' } });
    t.match(await team.patch(settings, { logo: '//evil.example/x.png' }), { status: 422 });
    t.equal((await (await shop.member('a', 'read-only')).patch(settings, change)).status, 403);
    t.equal((await (await shop.owner('b')).get(settings)).status, 404);

    const visitor = await shop.buyer();
    t.match(words((await visitor.get('/checkout')).body), 'Please sign in');
    t.match(await visitor.json('POST', '/api/shop/checkout/pay', { method: 'test-card', expected: 1999 }), {
      status: 403,
      body: { code: 'signInNeeded' },
    });
    await team.patch(settings, { guests: null });
    const page = await visitor.submit('/checkout/contact', CONTACT);
    t.match(page.body, /<input id="shipTo-phone"[^>]*aria-invalid="true"/);
    t.notMatch(page.body, 'shipTo[company]');
    t.match(page.body, '--accent:#ffdd00;--on-accent:#111');
    const paying = await visitor.submit('/checkout/contact', {
      ...CONTACT,
      'shipTo[phone]': '+352 621 123 456',
    });
    t.equal(openStep(paying.body), 'Payment');
    t.match(paying.body, '<a href="/policies/terms"');
    await team.patch(settings, { phone: null, company: null, termsUrl: null, accent: null });
  });

  t.test('knows a customer who is signed in: address book, order, and the cart is theirs', async (t) => {
    const ada = await shop.customer('a');
    await inStore('a', 'customers', ({ customerBook }) =>
      customerBook.saveAddress(ada.customerId, { ...ADA, isDefaultShipping: true }),
    );
    const visitor = await shop.buyer();
    const [name, value] = ada.headers.cookie!.split('=');
    visitor.cookies.set(name!, value!);
    const first = await visitor.get('/checkout');
    t.match(first.body, /name="use" value="(\d+)"/);
    t.match(first.body, /<input id="email"[^>]*value="customer-\d+@example.lu"/);
    const use = /name="use" value="(\d+)"/.exec(first.body)![1]!;
    const email = /<input id="email"[^>]*value="([^"]+)"/.exec(first.body)![1]!;
    const second = await visitor.submit('/checkout/contact', { email, use });
    t.equal(openStep(second.body), 'Payment', 'the one rate needs no choosing');
    const done = await visitor.submit('/checkout/pay', {
      ...PAY,
      expected: expectedOf(second.body),
      ...card('4242424242424242'),
    });
    t.match(done.address, '/checkout/thank-you/');
    t.match(await orderAt(done.address!), { customerId: ada.customerId, email, shipTo: ADA });
  });
});

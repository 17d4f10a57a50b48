import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

const { anonymous, inStore, kernel, member, owner } = await startTestKernel(t, { plugins: ['tax'] });
const A = '/api/stores/store-a/tax';
const ART_31 = 'Directive 2006/112/EC, articles 31 and 32: sold in LU';

const decide = (taxClass: string, more: { to?: string; date?: string; kind?: 'service' | 'digital' } = {}) =>
  inStore('a', 'tax', async ({ tax }) => {
    const { lines } = await tax.decide({
      lines: [{ taxClass, ...(more.kind && { kind: more.kind }) }],
      ...(more.to && { shipTo: { country: more.to } }),
      ...(more.date && { date: new Date(more.date) }),
    });
    return lines[0]!;
  });
const set = (values: Record<string, string | boolean>) =>
  inStore('a', 'tax', ({ settings }) => settings.set(values));

t.test('taxes each class at the rate of the seller’s country', async (t) => {
  const rates = await Promise.all(
    ['standard', 'intermediate', 'reduced', 'super_reduced', 'zero', 'exempt'].map((name) =>
      decide(name, { to: 'LU' }),
    ),
  );
  t.same(
    rates.map(({ rateBps, title }) => [rateBps, title]),
    [
      [1700, '17 % VAT'],
      [1400, '14 % VAT'],
      [800, '8 % VAT'],
      [300, '3 % VAT'],
      [0, '0 % VAT'],
      [0, 'No VAT'],
    ],
  );
  t.same(rates[0], {
    rateBps: 1700,
    country: 'LU',
    regime: 'domestic',
    taxClass: 'standard',
    title: '17 % VAT',
    basis: ART_31,
  });
});

t.test('takes the rate of the day, in the store’s own time', async (t) => {
  const on = async (date: string) => (await decide('standard', { date })).rateBps;
  t.same(
    await Promise.all([
      on('2022-12-31T22:59:59Z'), // one second before midnight in Luxembourg
      on('2022-12-31T23:00:00Z'),
      on('2023-12-31T22:59:59Z'),
      on('2023-12-31T23:00:00Z'),
      on('2019-06-01T12:00:00Z'),
    ]),
    [1700, 1600, 1600, 1700, 1700],
  );
});

t.test('exports outside the Union at 0 % with the article', async (t) => {
  const free = {
    rateBps: 0,
    country: 'LU',
    regime: 'export',
    taxClass: 'standard',
    title: 'No VAT',
    basis: 'Directive 2006/112/EC, article 146(1): goods sent out of the Union',
  };
  for (const to of ['CH', 'US', 'GB', 'AX', 'RE']) t.same(await decide('standard', { to }), free, to);
  t.match(await decide('standard', { to: 'CH', kind: 'digital' }), { rateBps: 0, regime: 'outside' });
  t.match(await decide('standard', { to: 'CH', kind: 'service' }), {
    rateBps: 1700,
    regime: 'domestic',
    basis: /article 45/,
  });
});

t.test('taxes the rest of the Union at home, and says that this is not the whole truth', async (t) => {
  for (const to of ['DE', 'FR', 'MC']) {
    t.match(await decide('reduced', { to }), {
      rateBps: 800,
      country: 'LU',
      regime: 'domestic',
      basis: /not applied yet/,
    });
  }
  t.match(await decide('reduced'), { rateBps: 800, basis: /nobody said where to/ });
});

t.test('takes the next higher rate where a country has none of a class, and says so', async (t) => {
  await set({ country: 'DE' });
  t.match(await decide('super_reduced'), {
    rateBps: 700,
    taxClass: 'reduced',
    basis: /no rate 'super_reduced'/,
  });
  await set({ country: 'DK' });
  t.match(await decide('reduced'), { rateBps: 2500, taxClass: 'standard' });
  t.match(await decide('books'), { rateBps: 2500, taxClass: 'standard', basis: /no rate 'books'/ });
  await set({ country: 'FI' });
  t.match(await decide('standard'), { rateBps: 2550, title: '25.5 % VAT' });
  await set({ country: 'LU' });
});

t.test('keeps to the settings of each store', async (t) => {
  await set({ country: 'FR', taxIncluded: false, taxRounding: 'document' });
  t.same(await inStore('a', 'tax', ({ tax }) => tax.settings()), {
    country: 'FR',
    taxIncluded: false,
    taxRounding: 'document',
  });
  t.same(await inStore('b', 'tax', ({ tax }) => tax.settings()), {
    country: 'LU',
    taxIncluded: true,
    taxRounding: 'line',
  });
  t.match(await set({ country: 'CH' }), { ok: false, refusal: 'invalid' });
  await set({ country: 'LU', taxIncluded: true, taxRounding: 'line' });
});

t.test('keeps rates in the process until they are told to be forgotten', async (t) => {
  const change = (bps: number) =>
    kernel.database.platform.query(
      "update tax.rates set rate_bps = $1 where country = 'LU' and class = 'reduced' and valid_to is null",
      [bps],
    );
  t.equal((await decide('reduced')).rateBps, 800);
  await change(900);
  t.equal((await decide('reduced')).rateBps, 800);
  await inStore('a', 'tax', async ({ tax }) => tax.forgetRates());
  t.equal((await decide('reduced')).rateBps, 900);
  await change(800);
  await inStore('a', 'tax', async ({ tax }) => tax.forgetRates());
});

t.test('shows the team rates and what a buyer would pay', async (t) => {
  const me = await owner('a');
  const listed = await me.get(`${A}/rates?date=2023-05-01`);
  t.same(
    listed.body.items.map((rate: { class: string; rateBps: number }) => [rate.class, rate.rateBps]),
    [
      ['standard', 1600],
      ['intermediate', 1300],
      ['reduced', 700],
      ['super_reduced', 300],
    ],
  );
  t.equal((await me.get(`${A}/rates?country=DE`)).body.items.length, 6);
  t.match((await me.get(`${A}/rates?country=germany`)).status, 400);
  t.match(await me.post(`${A}/preview`, { lines: [{ taxClass: 'standard' }], shipTo: { country: 'CH' } }), {
    status: 200,
    body: { taxIncluded: true, taxRounding: 'line', shipping: null, lines: [{ regime: 'export' }] },
  });
  t.equal((await me.post(`${A}/preview`, { lines: [{ taxClass: 'standard', rateBps: 1 }] })).status, 422);
});

t.test('shows it to nobody else', async (t) => {
  t.equal((await anonymous().get(`${A}/rates`)).status, 401);
  t.equal((await (await owner('b')).get(`${A}/rates`)).status, 404);
  t.equal((await (await member('a', 'fulfilment')).get(`${A}/rates`)).status, 403);
  t.equal((await (await member('a', 'accountant')).get(`${A}/rates`)).status, 200);
});

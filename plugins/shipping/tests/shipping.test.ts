import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

const world = await startTestKernel(t, {
  plugins: ['shipping', new URL('./plugins/carrier', import.meta.url)],
  stores: { b: { locale: 'fr' } },
});
const { anonymous, inStore, member, owner, stores } = world;
const A = '/api/stores/store-a/shipping';
const me = await owner('a');

async function aZone(zone: object): Promise<{ id: number; version: number }> {
  const made = await me.post(`${A}/zones`, zone);
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body;
}
async function aRate(zoneId: number, rate: object): Promise<{ id: number; version: number }> {
  const made = await me.post(`${A}/zones/${zoneId}/rates`, rate);
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body;
}
const quote = async (parcel: object) =>
  (await me.post(`${A}/preview`, parcel)).body.items.map(
    ({ title, amount }: { title: string; amount: { amount: number } }) => [title, amount.amount],
  );

const flat = (title: string, amount: number) => ({ type: 'flat', title, args: { amount } });
t.afterEach(async () => {
  for (const { id } of (await me.get(`${A}/zones`)).body.items) await me.delete(`${A}/zones/${id}`);
});

t.test('a buyer gets the rates of every zone they live in, cheapest first', async (t) => {
  const country = await aZone({ name: 'Luxembourg', countries: ['LU'] });
  await aRate(country.id, flat('Post', 590));
  await aRate(country.id, { type: 'pickup', title: 'Pickup', args: {} });
  const town = await aZone({ name: 'Town', countries: ['LU'], postalCodes: ['L-1*'] });
  await aRate(town.id, { type: 'local-delivery', title: 'Bike', args: { amount: 300, minimum: 2000 } });
  const world = await aZone({ name: 'Elsewhere', countries: ['*'] });
  await aRate(world.id, flat('Far', 2900));

  t.same(await quote({ country: 'LU', postalCode: '9000' }), [
    ['Pickup', 0],
    ['Post', 590],
  ]);
  t.same(await quote({ country: 'LU', postalCode: 'L-1234', value: 2000 }), [
    ['Pickup', 0],
    ['Bike', 300],
    ['Post', 590],
  ]);
  t.same(await quote({ country: 'JP' }), [['Far', 2900]]);
  t.same(await quote({ country: 'LU', currency: 'USD' }), [], 'amounts in euro are no price in dollars');
});

t.test('shipping is free from the threshold on', async (t) => {
  const zone = await aZone({ name: 'Luxembourg', countries: ['LU'] });
  await aRate(zone.id, { ...flat('Post', 590), freeFrom: 5000 });
  t.same(await quote({ country: 'LU', value: 4999 }), [['Post', 590]]);
  t.same(await quote({ country: 'LU', value: 5000 }), [['Post', 0]]);
});

t.test('zones and rates that are off are not offered', async (t) => {
  const zone = await aZone({ name: 'Luxembourg', countries: ['LU'] });
  const post = await aRate(zone.id, flat('Post', 590));
  await aRate(zone.id, flat('Courier', 1200));
  await me.patch(`${A}/rates/${post.id}`, { isActive: false, version: 1 });
  t.same(await quote({ country: 'LU' }), [['Courier', 1200]]);
  await me.patch(`${A}/zones/${zone.id}`, { isActive: false, version: 1 });
  t.same(await quote({ country: 'LU' }), []);
  t.same((await anonymous('a').get('/api/shop/shipping/countries')).body, { countries: [] });
});

t.test('a title is in the buyer’s language where there is one', async (t) => {
  const quoted = await inStore('b', 'shipping', async ({ shipping, shippingZones }) => {
    const zone = await shippingZones.createZone({ name: 'Luxembourg', countries: ['LU'] });
    if (!zone.ok) throw new Error(zone.refusal);
    const translations = { fr: { title: 'Poste' }, de: { title: 'Post', description: 'Zwei Tage' } };
    await shippingZones.createRate(zone.value.id, {
      ...flat('Mail', 590),
      description: 'Two days',
      translations,
    });
    return shipping.quote({
      lines: [],
      weightGrams: 0,
      value: { amount: 0, currency: 'EUR' },
      shipTo: { country: 'LU' },
    });
  });
  t.same(quoted, [
    {
      code: quoted[0]!.code,
      title: 'Poste',
      description: 'Two days',
      amount: { amount: 590, currency: 'EUR' },
      isPickup: false,
    },
  ]);
});

t.test('countries are those of active zones; * is all of them', async (t) => {
  const zone = await aZone({ name: 'Near', countries: ['LU', 'BE'] });
  const shop = anonymous('a');
  t.same((await shop.get('/api/shop/shipping/countries')).body, { countries: [] }, 'a zone without a rate');
  await aRate(zone.id, flat('Post', 590));
  t.same((await shop.get('/api/shop/shipping/countries')).body, { countries: ['BE', 'LU'] });
  t.same((await anonymous('b').get('/api/shop/shipping/countries')).body, { countries: ['LU'] }, 'its own');
  await me.patch(`${A}/zones/${zone.id}`, { countries: ['*'], version: 1 });
  t.equal((await shop.get('/api/shop/shipping/countries')).body.countries.length, 250);
});

t.test('a rate is held to what its type asks for', async (t) => {
  const { id } = await aZone({ name: 'Luxembourg', countries: ['LU'] });
  const tried = async (rate: object) => {
    const { status, body } = await me.post(`${A}/zones/${id}/rates`, rate);
    return [status, body.code, body.details?.faults];
  };
  t.same(await tried({ type: 'flat', title: 'x', args: { amount: -1 } }), [
    422,
    'badArgs',
    ['/amount must be >= 0'],
  ]);
  t.same(await tried({ type: 'flat', title: 'x', args: { amount: 1, tip: 2 } }), [
    422,
    'badArgs',
    ['/ must not have additional properties: tip'],
  ]);
  t.match(await tried({ type: 'drone', title: 'x', args: {} }), [422, 'unknownType']);
  t.match(await tried({ type: 'flat', title: 'x', args: { amount: 1 }, price: 1 }), [422]);
  t.match(await me.post(`${A}/zones`, { name: 'x', countries: ['QQ'] }), {
    status: 422,
    body: { code: 'unknownCountry' },
  });
  t.match(await me.post(`${A}/zones`, { name: 'x', countries: ['LU'], postalCodes: ['(a+)+'] }), {
    status: 422,
    body: { code: 'badPostalCode', details: { postalCodes: ['(a+)+'] } },
  });
  t.same(
    (await me.get(`${A}/rate-types`)).body.items.map(({ code }: { code: string }) => code),
    ['flat', 'by-weight', 'by-price', 'pickup', 'local-delivery', 'carrier-down', 'carrier-odd', 'carrier'],
  );
});

t.test('a type of another plugin that fails takes nobody else’s rates away', async (t) => {
  const zone = await aZone({ name: 'Luxembourg', countries: ['LU'] });
  await aRate(zone.id, flat('Post', 590));
  for (const type of ['carrier-down', 'carrier-odd', 'carrier'])
    await aRate(zone.id, { type, title: type, args: {} });
  t.same(await quote({ country: 'LU' }), [
    ['carrier', 100],
    ['Post', 590],
  ]);
  const warned = world.lines.filter(
    ({ level, message }) => level === 'warn' && /shipping rate/.test(message),
  );
  t.same(warned.map(({ details, message }) => [details.type, message]).sort(), [
    ['carrier-down', 'a shipping rate failed; it is left out'],
    ['carrier-odd', 'a shipping rate gave no whole amount; it is left out'],
  ]);
});

t.test('nobody writes over a change they have not seen', async (t) => {
  const zone = await aZone({ name: 'Luxembourg', countries: ['LU'] });
  const rate = await aRate(zone.id, flat('Post', 590));
  t.match(await me.patch(`${A}/zones/${zone.id}`, { name: 'Home', version: 1 }), {
    status: 200,
    body: { version: 2 },
  });
  t.match(await me.patch(`${A}/zones/${zone.id}`, { name: 'Other', version: 1 }), {
    status: 409,
    body: { code: 'changed', details: { version: 2, by: /@example.lu$/ } },
  });
  t.equal(
    (await me.patch(`${A}/zones/${zone.id}`, { name: 'Other' })).status,
    422,
    'a change names its version',
  );
  t.match(await me.patch(`${A}/rates/${rate.id}`, { title: 'Mail', version: 1 }), {
    body: { version: 2, title: 'Mail' },
  });
  t.match(await me.patch(`${A}/rates/${rate.id}`, { title: 'x', version: 1 }), { status: 409 });
});

t.test('asks the database nothing when warm, and sees a change at once', async (t) => {
  const zone = await aZone({ name: 'Luxembourg', countries: ['LU'] });
  const rate = await aRate(zone.id, flat('Post', 590));
  const parcel = {
    lines: [],
    weightGrams: 0,
    value: { amount: 0, currency: 'EUR' },
    shipTo: { country: 'LU' },
  };
  const counted = () =>
    inStore('a', 'shipping', async ({ database, shipping }) => {
      await shipping.quote(parcel);
      // A transaction that has been ended by hand lets no statement through: so none was sent.
      return database
        .transaction(async () => {
          await database.query('select 1 / 0 as x where $1 > 0', [stores.a.id]).catch(() => undefined);
          const [quoted] = await shipping.quote(parcel);
          throw Object.assign(new Error('taken back'), { amount: quoted?.amount.amount });
        })
        .catch((error: Error & { amount?: number }) => error.amount);
    });
  t.equal(await counted(), 590);
  await me.patch(`${A}/rates/${rate.id}`, { args: { amount: 690 }, version: 1 });
  t.equal(await counted(), 690);
  await me.delete(`${A}/rates/${rate.id}`);
  t.equal(await counted(), undefined);
});

t.test('a second node sees a change', async (t) => {
  const zone = await aZone({ name: 'Luxembourg', countries: ['LU'] });
  await aRate(zone.id, flat('Post', 590));
  const other = await world.secondNode();
  const ask = async () => {
    const answer = await other.http.inject({
      method: 'GET',
      url: '/api/shop/shipping/countries',
      headers: { host: stores.a.host },
    });
    return answer.json();
  };
  t.same(await ask(), { countries: ['LU'] });
});

t.test('zones and rates of another store are not there', async (t) => {
  const zone = await aZone({ name: 'Luxembourg', countries: ['LU'] });
  const rate = await aRate(zone.id, flat('Post', 590));
  const other = await owner('b');
  const B = '/api/stores/store-b/shipping';
  t.same(
    await Promise.all([
      other.patch(`${B}/zones/${zone.id}`, { name: 'Mine', version: 1 }),
      other.delete(`${B}/zones/${zone.id}`),
      other.post(`${B}/zones/${zone.id}/rates`, flat('Mine', 1)),
      other.patch(`${B}/rates/${rate.id}`, { title: 'Mine', version: 1 }),
      other.delete(`${B}/rates/${rate.id}`),
      other.get(`${A}/zones`),
      other.post(`${A}/preview`, { country: 'LU' }),
    ]).then((answers) => answers.map(({ status }) => status)),
    [404, 404, 404, 404, 404, 404, 404],
  );
  t.same(await quote({ country: 'LU' }), [['Post', 590]]);
  t.equal((await (await member('a', 'editor')).get(`${A}/zones`)).status, 200);
  t.equal(
    (await (await member('a', 'editor')).post(`${A}/zones`, { name: 'x', countries: ['LU'] })).status,
    403,
  );
});

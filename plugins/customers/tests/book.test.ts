import t from 'tap';
import type { Cradle } from 'kontor/sdk';
import { startTestKernel } from 'kontor/sdk/testing';

const { customer, inStore } = await startTestKernel(t, { plugins: ['customers'] });
const asA = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('a', 'customers', work);
const asB = <Value>(work: (services: Cradle) => Promise<Value>) => inStore('b', 'customers', work);

const HOME = {
  firstName: 'Ada',
  lastName: 'Weber',
  line1: '1, rue du Fort',
  postalCode: 'L-1234',
  city: 'Luxembourg',
  country: 'LU',
};

t.test('remembers a buyer once for each address, and completes what was missing', async (t) => {
  const guest = { email: ' Eve@Example.lu', customerId: null };
  const first = await asA(({ customerBook }) => customerBook.remember(guest));
  const again = await asA(({ customerBook }) =>
    customerBook.remember({ ...guest, email: 'eve@example.LU', firstName: 'Eve', acceptsMarketing: true }),
  );
  await asA(({ customerBook }) => customerBook.remember({ ...guest, firstName: 'Mallory' }));

  t.equal(again, first);
  t.match(await asA(({ customerBook }) => customerBook.byEmail('EVE@example.lu')), {
    id: first,
    state: 'guest',
    email: 'eve@example.lu',
    firstName: 'Eve',
    acceptsMarketing: true,
    orderCount: 0,
  });
  t.equal(await asB(({ customerBook }) => customerBook.byEmail('eve@example.lu')), undefined);
  t.equal(await asB(({ customerBook }) => customerBook.find(first)), undefined);
});

t.test('an account takes its guest’s profile over, and never that of another account', async (t) => {
  const [ada, bob] = [await customer('a'), await customer('a')];
  const adas = (await asA(({ customerBook }) => customerBook.profile(ada.customerId)))!;
  const guest = await asA(({ customerBook }) =>
    customerBook.remember({ email: 'new@example.lu', customerId: null }),
  );

  const bobs = await asA(({ customerBook }) =>
    customerBook.remember({ email: adas.email, customerId: bob.customerId }),
  );

  t.equal(adas.state, 'active');
  t.not(bobs, adas.id);
  t.not(bobs, guest);
  t.match(await asA(({ customerBook }) => customerBook.profile(bob.customerId)), { id: bobs });
  t.match(await asA(({ customerBook }) => customerBook.profile(ada.customerId)), adas);
});

t.test('keeps addresses with one default for each use', async (t) => {
  const { customerId } = await customer('a');
  const save = (more: object) =>
    asA(({ customerBook }) => customerBook.saveAddress(customerId, { ...HOME, ...more }));
  const home = await save({});
  const work = await save({ line1: '2, rue du Travail', isDefaultShipping: true });
  if (!home.ok || !work.ok) throw new Error('not saved');

  t.match(await asA(({ customerBook }) => customerBook.addresses(customerId)), [
    { id: home.value.id, isDefaultShipping: false, isDefaultBilling: true },
    { id: work.value.id, line1: '2, rue du Travail', isDefaultShipping: true, isDefaultBilling: false },
  ]);
  t.match(await save({ id: work.value.id, city: '' }), {
    refusal: 'badAddress',
    details: { faults: { city: 'Please fill this in.' } },
  });
  const { customerId: other } = await customer('a');
  t.match(await asA(({ customerBook }) => customerBook.saveAddress(other, { ...HOME, id: home.value.id })), {
    refusal: 'notFound',
  });
  t.match(await asA(({ customerBook }) => customerBook.removeAddress(other, home.value.id)), {
    refusal: 'notFound',
  });
  t.match(await asA(({ customerBook }) => customerBook.removeAddress(customerId, home.value.id)), {
    ok: true,
  });
  t.equal((await asA(({ customerBook }) => customerBook.addresses(customerId))).length, 1);
});

t.test('judges postal codes by country', async (t) => {
  const faults = (country: string, postalCode: string, more: object = {}) =>
    asA(async ({ customerBook }) =>
      Object.keys(customerBook.addressFaults({ ...HOME, country, postalCode, ...more })),
    );
  const right: [string, string][] = [
    ['LU', '1234'],
    ['LU', 'l-1234'],
    ['DE', 'D-10115'],
    ['FR', '75001'],
    ['NL', '1012 ab'],
    ['PL', '00-001'],
    ['GB', 'SW1A 1AA'],
    ['IE', 'D02 AF30'],
    ['SE', '111 20'],
    ['CH', 'CH-8001'],
    ['NO', '0150'],
    ['JP', ''],
  ];
  for (const [country, code] of right) t.same(await faults(country, code), [], `${country} ${code}`);
  const wrong: [string, string][] = [
    ['LU', '12345'],
    ['LU', ''],
    ['FR', '7500'],
    ['NL', '0012 AB'],
    ['GB', '12345'],
    ['PL', '00001'],
  ];
  for (const [country, code] of wrong)
    t.same(await faults(country, code), ['postalCode'], `${country} ${code}`);
  t.same(await faults('US', '10001'), ['region']);
  t.same(await faults('US', '10001', { region: 'NY' }), []);
  t.same(await faults('ZZ', '1'), ['country']);
  t.same(await faults('JP', '1', { lastName: '', company: 'Acme' }), [], 'a company has no last name');
  t.same(await faults('JP', '1', { firstName: 'x'.repeat(101) }), ['firstName']);
});

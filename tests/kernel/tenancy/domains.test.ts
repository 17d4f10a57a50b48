import t from 'tap';
import { startTestParts } from '../../support/parts.ts';

const { tenancy, a, b } = await startTestParts(t);
const { admin } = tenancy;

t.beforeEach(async () => {
  for (const store of [a, b]) {
    for (const { domain } of await admin.domains(store)) await admin.detachDomain(store, domain);
  }
});

t.test('a domain resolves from the moment it is attached until it is detached', async (t) => {
  t.equal(await tenancy.byHost('shop.example.lu'), undefined);
  t.same(await admin.attachDomain(a, 'Shop.Example.LU.'), {
    ok: true,
    value: { domain: 'shop.example.lu', isPrimary: true },
  });
  t.ok((await admin.attachDomain(a, 'shop.example.lu')).ok, 'a second time changes nothing');
  t.equal((await tenancy.byHost('SHOP.example.lu'))?.ref.id, a);
  t.equal((await tenancy.byId(a))?.ref.host, 'shop.example.lu:3000');

  t.ok((await admin.detachDomain(a, 'SHOP.example.lu')).ok);
  t.equal(await tenancy.byHost('shop.example.lu'), undefined);
  t.equal((await tenancy.byId(a))?.ref.host, 'a.localhost:3000');
  t.match(await admin.detachDomain(a, 'shop.example.lu'), { refusal: 'notAttached' });

  t.ok((await admin.attachDomain(b, 'bücher.lu')).ok);
  t.equal((await tenancy.byHost('xn--bcher-kva.lu'))?.ref.id, b);
});

t.test('one store has a domain, however many ask for it at the same moment', async (t) => {
  const both = await Promise.all([a, b].map((store) => admin.attachDomain(store, 'race.example.lu')));
  t.equal(both.filter(({ ok }) => ok).length, 1);
  t.equal(both.filter((result) => !result.ok && result.refusal === 'taken').length, 1);
  const [loser] = both[0]!.ok ? [b] : [a];
  t.match(await admin.detachDomain(loser!, 'race.example.lu'), { refusal: 'notAttached' });
  t.match(await admin.setPrimaryDomain(loser!, 'race.example.lu'), { refusal: 'notAttached' });
});

t.test('refuses the platform, its subdomains, and what is no domain', async (t) => {
  const refusal = async (domain: string) => {
    const result = await admin.attachDomain(a, domain);
    return result.ok ? 'attached' : result.refusal;
  };
  t.equal(await refusal('LOCALHOST'), 'badDomain');
  t.equal(await refusal('b.localhost.'), 'reserved');
  t.equal(await refusal('deep.er.localhost'), 'reserved');
  for (const domain of ['127.0.0.1', '0x7f.1', '[::1]', 'shop', 'http://shop.lu', 'shop lu']) {
    t.equal(await refusal(domain), 'badDomain', domain);
  }
  t.match(await admin.attachDomain(999, 'shop.example.lu'), { refusal: 'unknownStore' });
});

t.test('links name the domain that was chosen, else the first one', async (t) => {
  const host = async () => (await tenancy.byId(a))?.ref.host;
  for (const domain of ['two.example.lu', 'one.example.lu', 'three.example.lu'])
    await admin.attachDomain(a, domain);
  t.equal(await host(), 'two.example.lu:3000');
  t.ok((await admin.setPrimaryDomain(a, 'Three.example.lu')).ok);
  t.equal(await host(), 'three.example.lu:3000');
  t.same(await admin.domains(a), [
    { domain: 'three.example.lu', isPrimary: true },
    { domain: 'one.example.lu', isPrimary: false },
    { domain: 'two.example.lu', isPrimary: false },
  ]);

  await admin.detachDomain(a, 'three.example.lu');
  t.equal(await host(), 'one.example.lu:3000');
  await admin.attachDomain(a, 'again.example.lu');
  t.equal(await host(), 'one.example.lu:3000');
  t.match(await admin.setPrimaryDomain(a, 'four.example.lu'), { refusal: 'notAttached' });
});

import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import type { DomainClaim, Domains } from '../contract.ts';
import { createDomains } from '../services/domains.ts';

// What the internet holds: each test puts there what it needs.
const txt = new Map<string, string[][]>();
const pages = new Map<string, string>();
const world = await startTestKernel(t, { plugins: ['domains'], until: 'control' });
const { kernel, owner, member, stores } = world;
const A = '/api/stores/store-a/domains';

/** The domains of a store, proved by the internet above. */
const inStore = <Value>(store: 'a' | 'b', work: (domains: Domains) => Promise<Value>) =>
  world.inStore(store, 'domains', (services) =>
    work(
      createDomains(services, {
        resolveTxt: async (name) => txt.get(name) ?? Promise.reject(new Error('ENOTFOUND')),
        fetchProof: async (host, path) => pages.get(host + path),
      }),
    ),
  );
const verify = (store: 'a' | 'b', domain: string) => inStore(store, (domains) => domains.verify(domain));
const remove = (store: 'a' | 'b', domain: string) => inStore(store, (domains) => domains.remove(domain));
const tryClaim = (store: 'a' | 'b', domain: string) =>
  inStore(store, (domains) => domains.claim({ domain, platformHost: 'localhost:3000' }));

async function claim(store: 'a' | 'b', domain: string): Promise<Required<DomainClaim>> {
  const claimed = await tryClaim(store, domain);
  if (!claimed.ok) throw new Error(claimed.refusal);
  return claimed.value as Required<DomainClaim>;
}

const prove = ({ proofs: { dns } }: Required<DomainClaim>) =>
  txt.set(dns.name, [['v=spf1'], [dns.value.slice(0, 9), dns.value.slice(9)]]);
const idAt = async (host: string) => (await kernel.tenancy.byHost(host))?.ref.id;

t.beforeEach(async () => {
  for (const store of ['a', 'b'] as const) {
    for (const { domain } of await inStore(store, (domains) => domains.list())) await remove(store, domain);
  }
});

t.test('a domain resolves once its TXT record is found', async (t) => {
  const claimed = await claim('a', 'Shop.Example.LU.');
  t.equal(claimed.domain, 'shop.example.lu');
  t.same(await claim('a', 'shop.example.lu'), claimed, 'asking again gives the same proof');
  t.match(await verify('a', 'shop.example.lu'), { ok: false, refusal: 'noProof' });
  t.equal(await idAt('shop.example.lu'), undefined);

  prove(claimed);
  t.match(await verify('a', 'SHOP.example.lu'), { ok: true, value: { isVerified: true } });
  t.equal(await idAt('shop.example.lu'), stores.a.id);
  t.equal((await kernel.tenancy.byId(stores.a.id))?.ref.host, 'shop.example.lu:3000');

  t.match(await remove('a', 'shop.example.lu'), { ok: true });
  t.equal(await idAt('shop.example.lu'), undefined);
  t.match(await remove('a', 'shop.example.lu'), { refusal: 'notClaimed' });
});

t.test('a domain resolves once its page is found', async (t) => {
  const { domain, proofs } = await claim('b', 'bücher.lu');
  pages.set(domain + proofs.http.path, `${proofs.http.body}\n`);
  t.match(await verify('b', 'bücher.lu'), { ok: true });
  t.equal(await idAt('xn--bcher-kva.lu'), stores.b.id);
});

t.test('one store owns a domain, whoever claimed it first', async (t) => {
  const [ofA, ofB] = [await claim('a', 'shop.example.lu'), await claim('b', 'shop.example.lu')];
  t.not(ofA.proofs.dns.value, ofB.proofs.dns.value);

  prove(ofB);
  t.match(await verify('a', 'shop.example.lu'), { refusal: 'noProof' }, 'the proof of another is none');
  t.match(await verify('b', 'shop.example.lu'), { ok: true });
  prove(ofA);
  t.match(await verify('a', 'shop.example.lu'), { refusal: 'taken' });
  t.match(await tryClaim('a', 'shop.example.lu'), { refusal: 'taken' });
  t.equal(await idAt('shop.example.lu'), stores.b.id);
  t.match(await verify('a', 'other.example.lu'), { refusal: 'notClaimed' });
});

t.test('of two that prove a domain at the same moment one gets it', async (t) => {
  const claims = [await claim('a', 'race.example.lu'), await claim('b', 'race.example.lu')];
  txt.set(
    '_kontor.race.example.lu',
    claims.map(({ proofs }) => [proofs.dns.value]),
  );
  const both = await Promise.all((['a', 'b'] as const).map((store) => verify(store, 'race.example.lu')));
  t.equal(both.filter(({ ok }) => ok).length, 1);
  t.equal(both.filter((result) => !result.ok && result.refusal === 'taken').length, 1);
});

t.test('refuses the platform, its subdomains, and what is no domain', async (t) => {
  const refusal = async (domain: string) => {
    const result = await tryClaim('a', domain);
    return result.ok ? 'claimed' : result.refusal;
  };
  t.equal(await refusal('LOCALHOST'), 'badDomain');
  t.equal(await refusal('b.localhost.'), 'reserved');
  t.equal(await refusal('deep.er.localhost'), 'reserved');
  for (const domain of ['127.0.0.1', '0x7f.1', '[::1]', 'shop', 'http://shop.lu', 'shop lu']) {
    t.equal(await refusal(domain), 'badDomain', domain);
  }
});

t.test('links name the domain that was chosen', async (t) => {
  for (const domain of ['two.example.lu', 'one.example.lu']) {
    prove(await claim('a', domain));
    await verify('a', domain);
  }
  await claim('a', 'three.example.lu');
  const host = async () => (await kernel.tenancy.byId(stores.a.id))?.ref.host;
  t.equal(await host(), 'two.example.lu:3000', 'the first that was proved');
  await inStore('a', (domains) => domains.makePrimary('One.example.lu'));
  t.equal(await host(), 'one.example.lu:3000');
  t.match(await inStore('a', (domains) => domains.list()), [
    { domain: 'one.example.lu', isVerified: true, isPrimary: true },
    { domain: 'two.example.lu', isVerified: true, isPrimary: false },
    { domain: 'three.example.lu', isVerified: false, isPrimary: false },
  ]);
  t.match(await inStore('a', (domains) => domains.makePrimary('three.example.lu')), {
    refusal: 'notVerified',
  });
});

t.test('a store looks after its own domains over HTTP, and nobody after those of another', async (t) => {
  const [ada, other, editor] = [await owner('a'), await owner('b'), await member('a', 'editor')];
  const claimed = await ada.post(A, { domain: 'Shop.Example.LU' });
  t.match(claimed, { status: 201, body: { domain: 'shop.example.lu', isVerified: false } });
  t.match(await ada.post(A, { domain: 'mine.localhost' }), { status: 409, body: { code: 'reserved' } });
  t.match(await ada.post(A, { domain: 'not a domain' }), {
    status: 422,
    body: { code: 'badDomain', detail: 'This is not the name of a domain.' },
  });
  t.match((await ada.get(A)).body.domains, [{ domain: 'shop.example.lu', proofs: claimed.body.proofs }]);
  t.equal((await ada.put(`${A}/shop.example.lu/primary`)).status, 409);
  t.equal((await ada.post(`${A}/other.example.lu/verify`)).status, 404);

  t.equal((await editor.get(A)).status, 403);
  for (const address of [A, A.replace('store-a', 'store-b')])
    t.equal((await other.delete(`${address}/shop.example.lu`)).status, 404);
  t.equal((await ada.delete(`${A}/shop.example.lu`)).status, 204);
  t.same((await ada.get(A)).body, { domains: [] });
});

t.test('a downgrade keeps what was proven, and lets nothing new in', async (t) => {
  const ada = await owner('a');
  prove(await claim('a', 'kept.example.lu'));
  await verify('a', 'kept.example.lu');
  await kernel.features.setMerchantTier(stores.a.merchantId, 'essential');
  t.teardown(() => kernel.features.setMerchantTier(stores.a.merchantId, 'enterprise'));

  t.match(await ada.post(A, { domain: 'new.example.lu' }), {
    status: 403,
    body: { code: 'KERNEL_ERR_FEATURE_OFF' },
  });
  t.equal(await idAt('kept.example.lu'), stores.a.id);
  t.equal((await ada.delete(`${A}/kept.example.lu`)).status, 204);
});

t.test('an admin’s word counts without a claim, and the store can give that domain up', async (t) => {
  await kernel.tenancy.admin.attachDomain(stores.a.id, 'given.example.lu');
  t.same(await inStore('a', (domains) => domains.list()), [
    { domain: 'given.example.lu', isVerified: true, isPrimary: true },
  ]);
  t.ok((await remove('a', 'given.example.lu')).ok);
  t.equal(await idAt('given.example.lu'), undefined);
});

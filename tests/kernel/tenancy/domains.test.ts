import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import type { DomainClaim } from '../../../kernel/parts.ts';
import { createFetchProof } from '../../../kernel/tenancy/fetch-proof.ts';
import { isPublicAddress } from '../../../kernel/tenancy/public-address.ts';
import { startTestParts } from '../../support/parts.ts';

// What the internet holds: each test puts there what it needs.
const txt = new Map<string, string[][]>();
const pages = new Map<string, string>();
const started = await startTestParts(t, {
  lookUps: {
    resolveTxt: async (name) => txt.get(name) ?? Promise.reject(new Error('ENOTFOUND')),
    fetchProof: async (host, path) => pages.get(host + path),
  },
});

/** The two stores, without a domain. */
async function startWithInternet() {
  const { admin } = started.tenancy;
  for (const store of [started.a, started.b]) {
    for (const { domain } of await admin.domains(store)) await admin.removeDomain(store, domain);
  }
  async function claim(storeId: number, domain: string): Promise<DomainClaim> {
    const claimed = await admin.addDomain(storeId, domain);
    if (!claimed.ok) throw new Error(claimed.refusal);
    return claimed.value;
  }
  const prove = ({ proofs: { dns } }: DomainClaim) =>
    txt.set(dns.name, [['v=spf1'], [dns.value.slice(0, 9), dns.value.slice(9)]]);
  return { ...started, admin, claim, prove };
}

t.test('a domain resolves once its TXT record is found', async (t) => {
  const { admin, tenancy, claim, prove, a } = await startWithInternet();
  const claimed = await claim(a, 'Shop.Example.LU.');
  t.equal(claimed.domain, 'shop.example.lu');
  t.same(await claim(a, 'shop.example.lu'), claimed, 'asking again gives the same proof');
  t.match(await admin.verifyDomain(a, 'shop.example.lu'), { ok: false, refusal: 'noProof' });
  t.equal(await tenancy.byHost('shop.example.lu'), undefined);

  prove(claimed);
  t.match(await admin.verifyDomain(a, 'SHOP.example.lu'), { ok: true });
  t.equal((await tenancy.byHost('shop.example.lu'))?.ref.id, a);
  t.equal((await tenancy.byId(a))?.ref.host, 'shop.example.lu:3000');

  t.match(await admin.removeDomain(a, 'shop.example.lu'), { ok: true });
  t.equal(await tenancy.byHost('shop.example.lu'), undefined);
  t.match(await admin.removeDomain(a, 'shop.example.lu'), { refusal: 'notClaimed' });
});

t.test('a domain resolves once its page is found', async (t) => {
  const { admin, tenancy, claim, b } = await startWithInternet();
  const { domain, proofs } = await claim(b, 'bücher.lu');
  pages.set(domain + proofs.http.path, `${proofs.http.body}\n`);
  t.match(await admin.verifyDomain(b, 'bücher.lu'), { ok: true });
  t.equal((await tenancy.byHost('xn--bcher-kva.lu'))?.ref.id, b);
});

t.test('one store owns a domain, whoever claimed it first', async (t) => {
  const { admin, tenancy, claim, prove, a, b } = await startWithInternet();
  const [ofA, ofB] = [await claim(a, 'shop.example.lu'), await claim(b, 'shop.example.lu')];
  t.not(ofA.proofs.dns.value, ofB.proofs.dns.value);

  prove(ofB);
  t.match(
    await admin.verifyDomain(a, 'shop.example.lu'),
    { refusal: 'noProof' },
    'the proof of another is none',
  );
  t.match(await admin.verifyDomain(b, 'shop.example.lu'), { ok: true });
  prove(ofA);
  t.match(await admin.verifyDomain(a, 'shop.example.lu'), { refusal: 'taken' });
  t.match(await admin.addDomain(a, 'shop.example.lu'), { refusal: 'taken' });
  t.equal((await tenancy.byHost('shop.example.lu'))?.ref.id, b);
  t.match(await admin.verifyDomain(a, 'other.example.lu'), { refusal: 'notClaimed' });
});

t.test('of two that prove a domain at the same moment one gets it', async (t) => {
  const { admin, claim, a, b } = await startWithInternet();
  const claims = [await claim(a, 'race.example.lu'), await claim(b, 'race.example.lu')];
  txt.set(
    '_kontor.race.example.lu',
    claims.map(({ proofs }) => [proofs.dns.value]),
  );
  const both = await Promise.all([a, b].map((store) => admin.verifyDomain(store, 'race.example.lu')));
  t.equal(both.filter(({ ok }) => ok).length, 1);
  t.equal(both.filter((result) => !result.ok && result.refusal === 'taken').length, 1);
});

t.test('refuses the platform, its subdomains, and what is no domain', async (t) => {
  const { admin, a } = await startWithInternet();
  const refusal = async (domain: string) => {
    const result = await admin.addDomain(a, domain);
    return result.ok ? 'claimed' : result.refusal;
  };
  t.equal(await refusal('LOCALHOST'), 'badDomain');
  t.equal(await refusal('b.localhost.'), 'platformDomain');
  t.equal(await refusal('deep.er.localhost'), 'platformDomain');
  for (const domain of ['127.0.0.1', '0x7f.1', '[::1]', 'shop', 'http://shop.lu', 'shop lu']) {
    t.equal(await refusal(domain), 'badDomain', domain);
  }
  t.match(await admin.addDomain(999, 'shop.example.lu'), { refusal: 'unknownStore' });
});

t.test('links name the domain that was chosen', async (t) => {
  const { admin, tenancy, claim, prove, clock, a } = await startWithInternet();
  for (const domain of ['one.example.lu', 'two.example.lu']) {
    prove(await claim(a, domain));
    await admin.verifyDomain(a, domain);
    clock.forward(1000);
  }
  const host = async () => (await tenancy.byId(a))?.ref.host;
  t.equal(await host(), 'one.example.lu:3000');
  await admin.setPrimaryDomain(a, 'two.example.lu');
  t.equal(await host(), 'two.example.lu:3000');
  t.same(
    (await admin.domains(a)).map(({ domain, isPrimary }) => [domain, isPrimary]),
    [
      ['one.example.lu', false],
      ['two.example.lu', true],
    ],
  );
  t.match(await admin.setPrimaryDomain(a, 'three.example.lu'), { refusal: 'notVerified' });
});

t.test('asks no address of our own network, however it is spelt', async (t) => {
  const ours = [
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001:0:1::',
    '2001:db8::1',
  ];
  t.same(ours.filter(isPublicAddress), []);
  t.same(
    ['8.8.8.8', '172.32.0.1', '2a00:1450:4001::1', '2606:4700::1111'].filter(
      (address) => !isPublicAddress(address),
    ),
    [],
  );
});

t.test('gets a proof from the address that was judged, and nothing else', async (t) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    if (request.url === '/moved') response.writeHead(302, { location: '/proof' }).end();
    else response.end(request.url === '/big' ? 'x'.repeat(2000) : 'the proof');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  const at =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: 4 }));

  const open = createFetchProof({ lookUp: at('127.0.0.1'), isAllowed: () => true, port });
  t.equal(await open('shop.example.lu', '/proof'), 'the proof');
  t.equal(await open('shop.example.lu', '/moved'), undefined, 'no redirect is followed');
  t.equal(await open('shop.example.lu', '/big'), undefined, 'no more than 1 kB');
  t.same(asked, ['shop.example.lu/proof', 'shop.example.lu/moved', 'shop.example.lu/big']);

  const guarded = createFetchProof({ lookUp: at('8.8.8.8', '127.0.0.1'), isAllowed: isPublicAddress, port });
  t.equal(await guarded('shop.example.lu', '/proof'), undefined);
  t.equal(asked.length, 3, 'our own server was not asked');
  const nowhere = createFetchProof({
    lookUp: () => Promise.reject(new Error('ENOTFOUND')),
    isAllowed: () => true,
    port,
  });
  t.equal(await nowhere('nowhere.example.lu', '/proof'), undefined);
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { createFetchProof } from '../services/fetch-proof.ts';
import { isPublicAddress } from '../services/public-address.ts';

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

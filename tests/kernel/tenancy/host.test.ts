import t from 'tap';
import { normaliseHost } from 'kontor/sdk';
import { faultOfHandle } from '../../../kernel/tenancy/fault-of-store.ts';

t.test('spells one host in one way, however it was sent', async (t) => {
  const spellings = {
    'shop.example.lu': 'shop.example.lu',
    'SHOP.Example.LU:8080': 'shop.example.lu',
    'shop.example.lu.': 'shop.example.lu',
    'shop.example.lu.:443': 'shop.example.lu',
    'bücher.lu': 'xn--bcher-kva.lu',
    'BÜCHER.lu.': 'xn--bcher-kva.lu',
    'XN--BCHER-KVA.lu': 'xn--bcher-kva.lu',
    'ｓｈｏｐ．lu': 'shop.lu',
    'demo.localhost:3000': 'demo.localhost',
    localhost: 'localhost',
  };
  const seen = Object.fromEntries(Object.keys(spellings).map((host) => [host, normaliseHost(host)]));
  t.same(seen, spellings);
});

t.test('finds no host in addresses and garbage', async (t) => {
  const garbage = [
    '',
    ' ',
    '.',
    '..',
    'a..b',
    '.a.lu',
    'shop.lu..',
    'a b.lu',
    'a\u0000.lu',
    'a/b.lu',
    'user@a.lu',
    'a.lu?x',
    'a.lu#x',
    '%61.lu',
    '127.0.0.1',
    '127.0.0.1:80',
    '0x7f.1',
    '2130706433',
    '017700000001',
    '[::1]',
    '[::1]:80',
    '::1',
    'xn--iñvalid.com',
    '-a.lu',
    'a-.lu',
    `${'a'.repeat(64)}.lu`,
    `${'a.'.repeat(127)}lu`,
    'a.lu:99999999',
    "a'.lu",
    'a.lu\r\nx',
  ];
  t.same(
    garbage.filter((host) => normaliseHost(host) !== undefined),
    [],
  );
});

t.test('lets a handle be a label that nobody takes for the platform', async (t) => {
  t.same(['demo', 'my-shop', 'a1', '2go'].filter(faultOfHandle), []);
  const refused = [
    'www',
    'api',
    'admin',
    'dashboard',
    'mail',
    'hooks',
    'a',
    '-ab',
    'ab-',
    'Demo',
    'a.b',
    'a_b',
    'xn--bcher-kva',
    'x'.repeat(41),
  ];
  t.same(
    refused.filter((handle) => !faultOfHandle(handle)),
    [],
  );
});

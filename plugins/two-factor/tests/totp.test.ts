import t from 'tap';
import { fromBase32, toBase32 } from '../services/base32.ts';
import { hotp, matchingStep, otpauthUri } from '../services/totp.ts';

const secret = Buffer.from('12345678901234567890');

t.test('gives the codes of RFC 4226, appendix D', async (t) => {
  const codes = Array.from({ length: 10 }, (_, counter) => hotp(secret, counter, 6));

  t.same(codes, [
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ]);
});

t.test('gives the codes of RFC 6238, appendix B', async (t) => {
  const vectors = [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ] as const;

  for (const [seconds, code] of vectors) t.equal(hotp(secret, Math.floor(seconds / 30), 8), code);
});

t.test('takes the code of the step before and after, and none that was used', async (t) => {
  const now = new Date(10_000 * 30_000);
  const stepOf = (step: number, after = 0) =>
    matchingStep({ secret, code: hotp(secret, step, 6), now, after });

  t.same(
    [9_998, 9_999, 10_000, 10_001, 10_002].map((step) => stepOf(step)),
    [undefined, 9_999, 10_000, 10_001, undefined],
  );
  t.equal(stepOf(10_000, 10_000), undefined);
  t.equal(stepOf(9_999, 10_000), undefined);
});

t.test('writes secrets as RFC 4648 does, and reads them back', async (t) => {
  const pairs = {
    f: 'MY',
    fo: 'MZXQ',
    foo: 'MZXW6',
    foob: 'MZXW6YQ',
    fooba: 'MZXW6YTB',
    foobar: 'MZXW6YTBOI',
  };

  for (const [plain, text] of Object.entries(pairs)) {
    t.equal(toBase32(Buffer.from(plain)), text);
    t.equal(fromBase32(text).toString(), plain);
  }
  t.throws(() => fromBase32('M1'), /'1'/);
});

t.test('makes the address that apps read', async (t) => {
  t.equal(
    otpauthUri({ secret: 'MZXW6', email: 'ada+1@example.lu', issuer: 'example.lu' }),
    'otpauth://totp/example.lu:ada%2B1%40example.lu?secret=MZXW6&issuer=example.lu&period=30&digits=6',
  );
});

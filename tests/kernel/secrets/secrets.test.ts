import { randomBytes } from 'node:crypto';
import t from 'tap';
import { within, type StoreContext } from '../../../kernel/context.ts';
import { createSecrets } from '../../../kernel/secrets/index.ts';

const older = { id: 1, key: randomBytes(32) };
const newer = { id: 2, key: randomBytes(32) };
const secrets = createSecrets({ config: { secrets: [older] } });
const inStore = <Value>(id: number, work: () => Value) =>
  within({ store: { ref: { id } } as StoreContext }, work);
const mail = secrets.forPlugin('mail');

t.test('opens what it sealed, and never seals the same twice', async (t) => {
  inStore(1, () => {
    for (const plain of ['p4ssword', '', 'schlëssel ✓', 'x'.repeat(10_000)])
      t.equal(mail.open(mail.seal(plain)), plain);
    t.not(mail.seal('same'), mail.seal('same'));
    t.match(mail.seal('p4ssword'), /^v1\.1\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
  });
});

t.test('opens nothing of another store, another plugin or the platform', async (t) => {
  const sealed = inStore(1, () => mail.seal('p4ssword'));
  const refusal = { code: 'KERNEL_ERR_SECRET', visibility: 'private' };
  inStore(2, () => t.throws(() => mail.open(sealed), refusal));
  inStore(1, () => t.throws(() => secrets.forPlugin('notes').open(sealed), refusal));
  t.throws(() => mail.open(sealed), refusal);
  const ofPlatform = mail.seal('platform');
  t.equal(mail.open(ofPlatform), 'platform');
  inStore(1, () => t.throws(() => mail.open(ofPlatform), refusal));
  t.equal(
    inStore(1, () => mail.open(sealed)),
    'p4ssword',
  );
});

t.test('opens nothing that was changed, in whatever place', async (t) => {
  const sealed = mail.seal('p4ssword');
  const opened = [...sealed].map((letter, place) => {
    const changed = `${sealed.slice(0, place)}${letter === 'A' ? 'B' : 'A'}${sealed.slice(place + 1)}`;
    try {
      return mail.open(changed);
    } catch (error) {
      return (error as { code: string }).code;
    }
  });
  // The last letter of a base64 part carries bits that stand for nothing.
  t.same([...new Set(opened.filter((result) => result !== 'p4ssword'))], ['KERNEL_ERR_SECRET']);
  t.ok(opened.filter((result) => result === 'p4ssword').length <= 3);
  for (const garbage of [
    '',
    'v1',
    'p4ssword',
    sealed.slice(0, -1),
    `${sealed}A`,
    sealed.replace('v1', 'v2'),
  ]) {
    t.throws(() => mail.open(garbage), { code: 'KERNEL_ERR_SECRET' });
  }
});

t.test('a new key seals, the old one still opens, until it is gone', async (t) => {
  const sealed = mail.seal('p4ssword');
  const turned = createSecrets({ config: { secrets: [newer, older] } }).forPlugin('mail');
  t.equal(turned.open(sealed), 'p4ssword');
  t.match(turned.seal('p4ssword'), /^v1\.2\./);
  const forgotten = createSecrets({ config: { secrets: [newer] } }).forPlugin('mail');
  t.throws(() => forgotten.open(sealed), { message: /its key 1 is not among/ });
});

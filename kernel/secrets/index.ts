import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secrets } from 'kontor/sdk';
import { current } from '../context.ts';
import { derivedKey } from '../database/token.ts';
import type { Config } from '../parts.ts';
import { errors } from './errors.ts';

const NONCE = 12; // bytes, as GCM wants it
const FORM = /^v1\.(\d+)\.([\w-]{16})\.([\w-]*)\.([\w-]{22})$/;

export type SecretsPart = {
  /** Bound to the plugin and to the store of whoever asks, or to the platform outside of one. */
  forPlugin(plugin: string): Secrets;
  /** The same for an owner that is named. */
  ownedBy(owner: { plugin: string; storeId: number | undefined }): Secrets;
};

/** Seals what must not be readable in the database: credentials, keys of providers. */
export function createSecrets({ config }: { config: Pick<Config, 'secrets'> }): SecretsPart {
  const keys = new Map(config.secrets.map(({ id, key }) => [id, derivedKey(key, 'seal')]));
  const newest = config.secrets[0]!.id;

  function ownedBy({ plugin, storeId }: { plugin: string; storeId: number | undefined }): Secrets {
    const owner = storeId === undefined ? 'platform' : `store ${storeId}`;
    const bound = Buffer.from(`${owner}:${plugin}`);

    return {
      seal(plain) {
        // Never from the kernel's `random`: a nonce that comes twice, as in a test held still, gives the key away.
        const nonce = randomBytes(NONCE);
        const cipher = createCipheriv('aes-256-gcm', keys.get(newest)!, nonce).setAAD(bound);
        const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
        return [
          'v1',
          newest,
          ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url')),
        ].join('.');
      },
      open(text) {
        const [, kid, nonce, sealed, tag] = FORM.exec(text) ?? [];
        if (tag === undefined)
          throw new errors.KERNEL_ERR_SECRET(plugin, owner, 'it is not of the form v1.key.nonce.cipher.tag');
        const key = keys.get(Number(kid));
        if (!key)
          throw new errors.KERNEL_ERR_SECRET(
            plugin,
            owner,
            `its key ${kid} is not among the configured ones`,
          );
        try {
          const decipher = createDecipheriv('aes-256-gcm', key, bytes(nonce), { authTagLength: 16 });
          decipher.setAAD(bound).setAuthTag(bytes(tag));
          return decipher.update(bytes(sealed), undefined, 'utf8') + decipher.final('utf8');
        } catch (cause) {
          throw new errors.KERNEL_ERR_SECRET(plugin, owner, 'it was sealed elsewhere, or changed', { cause });
        }
      },
    };
  }

  function forPlugin(plugin: string): Secrets {
    const here = () => ownedBy({ plugin, storeId: current().store?.ref.id });
    return { seal: (plain) => here().seal(plain), open: (text) => here().open(text) };
  }

  return { forPlugin, ownedBy };
}

function bytes(text: string | undefined): Buffer {
  return Buffer.from(text ?? '', 'base64url');
}

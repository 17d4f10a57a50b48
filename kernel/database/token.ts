import { createHmac, hkdfSync } from 'node:crypto';
import type { Config } from '../parts.ts';

const BLOCK = 64; // bytes of an HMAC-SHA256 block

/** Signs which store a statement is for: `{key id}.{store id}.{hmac}`. Only kernel.current_store() can check it. */
export type StoreSigner = ReturnType<typeof createStoreSigner>;

export function createStoreSigner(secrets: Config['secrets']) {
  const keys = secrets.map(({ id, key }) => ({ kid: id, key: derivedKey(key, 'store-token') }));
  const newest = keys[0]!;
  return {
    sign(storeId: number): string {
      const head = `${newest.kid}.${storeId}`;
      return `${head}.${createHmac('sha256', newest.key).update(head).digest('hex')}`;
    },
    /** Keys as the database keeps them: both pads of the HMAC, so that it needs no crypto extension. */
    keys: keys.map(({ kid, key }) => ({ kid, ipad: pad(key, 0x36), opad: pad(key, 0x5c) })),
  };
}

/** A key for one purpose, so that no two uses share one. */
export function derivedKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `kontor:${purpose}`, 32));
}

function pad(key: Buffer, byte: number): Buffer {
  const padded = Buffer.alloc(BLOCK);
  key.copy(padded);
  return padded.map((value) => value ^ byte) as Buffer;
}

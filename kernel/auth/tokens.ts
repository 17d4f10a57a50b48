import { createHmac, hash } from 'node:crypto';
import type { Random } from 'kontor/sdk';
import { derivedKey } from '../database/token.ts';
import type { Config } from '../parts.ts';

/** Tokens that are given out once and kept as hashes. */
export function createTokens({ config, random }: { config: Pick<Config, 'secrets'>; random: Random }) {
  const key = derivedKey(config.secrets[0]!.key, 'csrf');
  return {
    /** 256 bits in 44 letters. */
    create: () => random.token() + random.token(),
    /** What a page sends along to prove that it was made for this session. */
    csrf: (sessionToken: string) => createHmac('sha256', key).update(sessionToken).digest('base64url'),
  };
}
export type Tokens = ReturnType<typeof createTokens>;

/** What is stored of a token. No salt is needed: a token cannot be guessed. */
export function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** A token of one store names it, so that its row is found by store and hash. @example 'k_12_Vb9...' */
export function storeOfToken(kind: 'k' | 'i', token: string): number | undefined {
  const match = /^([ki])_([1-9]\d{0,14})_[\w-]{44}$/.exec(token);
  return match?.[1] === kind ? Number(match[2]) : undefined;
}

/** One spelling of an address, so that one person is one account. */
export function normaliseEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}

import { hash } from 'node:crypto';
import type { PlatformDatabase, Random } from 'kontor/sdk';
import { toBase32 } from './base32.ts';

const COUNT = 10;
const LENGTH = 16; // letters of base32: 80 bits, out of reach even for who has the hashes

/** Replaces a person's recovery codes. @returns the new ones, which nobody can read again */
export async function replaceCodes(
  { query }: PlatformDatabase,
  { userId, random }: { userId: number; random: Random },
): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, () => aCode(random));
  await query('delete from two_factor.recovery_codes where user_id = $1', [userId]);
  await query(
    `insert into two_factor.recovery_codes (user_id, code_hash)
     select $1, code_hash from unnest($2::text[]) as new (code_hash) on conflict do nothing`,
    [userId, codes.map(hashOf)],
  );
  return codes;
}

/** Uses a code up. @returns false when it is none of theirs, or was used */
export async function useCode(
  { query }: PlatformDatabase,
  { userId, code }: { userId: number; code: string },
) {
  const used = await query(
    'delete from two_factor.recovery_codes where user_id = $1 and code_hash = $2 returning user_id',
    [userId, hashOf(code)],
  );
  return used.length > 0;
}

/** In groups of four, as people read them out. */
function aCode(random: Random): string {
  const letters = toBase32(Buffer.from(random.token(), 'base64url')).slice(0, LENGTH).toLowerCase();
  return letters.match(/.{4}/g)!.join('-');
}

function hashOf(code: string): string {
  return hash('sha256', code.toLowerCase().replaceAll(/[^a-z2-7]/g, ''));
}

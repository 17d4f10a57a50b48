import { createHmac, hash } from 'node:crypto';
import { derivedKey } from '../database/token.ts';
import type { AuthDeps } from './common.ts';
import type { NewNotice, Notices } from './notices.ts';
import type { Table } from './tables.ts';

/** A row behind a mailed link: of a reset, a change of address, an invitation. */
export type OneUseToken = {
  id: number;
  token_hash: string;
  email: string;
  expires_at: Date;
  /** `password-reset` or `email-change`; invitations have their own table. */
  kind?: string;
  person_id?: number | null;
  /** Invitations only. */
  store_id?: number;
  role?: string;
  invited_by?: number;
};
export type Tokens = ReturnType<typeof createTokens>;

/** Tokens that are given out once and kept as hashes. */
export function createTokens(deps: AuthDeps & { notices: Notices }) {
  const { clock, random } = deps;
  const key = derivedKey(deps.config.secrets[0]!.key, 'csrf');
  /** 256 bits in 44 letters. */
  const create = () => random.token() + random.token();
  return {
    create,
    /** What a page sends along to prove that it was made for this session. */
    csrf: (sessionToken: string) => createHmac('sha256', key).update(sessionToken).digest('base64url'),
    /**
     * Mails a link that works once: its row and the notice are one transaction.
     *
     * @param instead - rows that end with it
     * @param page - absolute address the link leads to
     * @param lasts - milliseconds
     */
    async mail(input: {
      table: Table<OneUseToken>;
      row: Partial<OneUseToken>;
      instead?: Partial<OneUseToken>;
      prefix?: string;
      page: string;
      lasts: number;
      notice: NewNotice;
    }): Promise<OneUseToken> {
      const { table, row, instead, prefix = '', page, notice } = input;
      const token = prefix + create();
      const expiresAt = new Date(clock.now().getTime() + input.lasts);
      return deps.database.platform.transaction(async () => {
        if (instead) await table.remove(instead);
        const kept = { ...row, email: notice.to, token_hash: hashOf(token), expires_at: expiresAt };
        const inserted = await table.insert(kept);
        await deps.notices.add({ ...notice, link: `${page}?token=${token}`, expiresAt });
        return inserted!;
      });
    },
  };
}

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

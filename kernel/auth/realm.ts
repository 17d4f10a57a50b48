import type { Result, SignIn, SignInRefusal } from 'kontor/sdk';
import type { Table } from './tables.ts';

export type Person = {
  id: number;
  email: string;
  locale: string;
  state: 'active' | 'disabled';
  password_hash: string | null;
  signed_in_at: Date | null;
};
export type Session = {
  id: number;
  person_id: number;
  token_hash: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  ip: string;
  user_agent: string;
  /** Users only: who acts as this person, and why. */
  admin_id?: number | null;
  reason?: string | null;
};
export type Token = {
  id: number;
  kind: string;
  token_hash: string;
  email: string;
  person_id: number | null;
  expires_at: Date;
};

/** Milliseconds a session may go unused, and lives at most, however much it is used. */
export type Life = { readonly idle: number; readonly longest: number };

/** One kind of people, with its tables and times. */
export type Realm<P extends Person> = {
  readonly kind: 'user' | 'customer';
  readonly people: Table<P>;
  readonly sessions: Table<Session>;
  /** Always under the platform's role, so that a token and its notice are one transaction. */
  readonly tokens: Table<Token>;
  readonly life: Life;
  transaction<Value>(work: () => Promise<Value>): Promise<Value>;
  /** The store they are people of. */
  store(): { id: number; name: string } | undefined;
  /** Where links lead: scheme and canonical host. */
  origin(): string;
  /** Ends what nodes know of a person; part of the open transaction. */
  forget(personId: number): Promise<void>;
  /** Ends the API keys a person made. */
  endKeys(personId: number): Promise<void>;
  /** A second step, after the right password. */
  challenge(
    personId: number,
    answers: NonNullable<SignIn['challenges']>,
  ): Promise<Result<undefined, SignInRefusal>>;
};

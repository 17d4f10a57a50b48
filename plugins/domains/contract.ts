import type { Result } from 'kontor/sdk';

/** A domain that a store says is its own. It leads to the store once one of the proofs was found. */
export type DomainClaim = {
  readonly domain: string;
  readonly isVerified: boolean;
  /** Links name this one. */
  readonly isPrimary: boolean;
  /** Either will do; undefined for a domain that an admin gave to the store. */
  readonly proofs?: {
    /** A TXT record of this name and value, */
    readonly dns: { readonly name: string; readonly value: string };
    /** or this body at `http://{domain}{path}`. */
    readonly http: { readonly path: string; readonly body: string };
  };
};

/** Domains of the current store. Several stores may claim one; it leads to the store that proves it first. */
export type Domains = {
  list(): Promise<DomainClaim[]>;
  /**
   * Asking again gives the same proofs.
   *
   * @param platformHost - where the platform answers; names under it are given by handle
   */
  claim(input: {
    domain: string;
    platformHost: string;
  }): Promise<Result<DomainClaim, 'badDomain' | 'reserved' | 'taken'>>;
  /** Looks for either proof; takes up to 5 s. */
  verify(
    domain: string,
  ): Promise<
    Result<DomainClaim, 'notClaimed' | 'noProof' | 'badDomain' | 'reserved' | 'taken' | 'unknownStore'>
  >;
  /** Makes it the domain that links name. */
  makePrimary(domain: string): Promise<Result<undefined, 'notVerified'>>;
  /** Gives up the claim, and the domain itself. */
  remove(domain: string): Promise<Result<undefined, 'notClaimed'>>;
};

declare module 'kontor/sdk' {
  interface Services {
    domains: Domains;
  }
}

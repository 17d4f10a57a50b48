import type { Result } from 'kontor/sdk';

/** One-time codes of people who work. A person is asked for one at sign-in once their enrolment is confirmed. */
export type TwoFactor = {
  status(userId: number): Promise<{ isOn: boolean; since: Date | null; recoveryCodesLeft: number }>;
  /**
   * Begins: the person scans the address with an authenticator app and confirms with a first code.
   *
   * @param issuer - what the app calls this platform
   * @returns the secret in base32, and the same as `otpauth://` address
   */
  enrol(input: {
    userId: number;
    email: string;
    password: string;
    issuer: string;
  }): Promise<Result<{ secret: string; uri: string }, 'wrongPassword' | 'alreadyOn'>>;
  /** @returns ten recovery codes, shown once */
  confirm(
    userId: number,
    code: string,
  ): Promise<Result<{ recoveryCodes: readonly string[] }, 'wrongCode' | 'notStarted'>>;
  /** Makes ten new recovery codes; the old ones end. */
  renewRecoveryCodes(
    userId: number,
    password: string,
  ): Promise<Result<{ recoveryCodes: readonly string[] }, 'wrongPassword' | 'notOn'>>;
  disable(userId: number, password: string): Promise<Result<undefined, 'wrongPassword' | 'notOn'>>;
  /** For an admin whom somebody told, believably, that app and recovery codes are lost. */
  reset(userId: number, adminId: number): Promise<Result<undefined, 'notOn'>>;
  /** For an operator at the machine, who lets a person in without a second step. */
  forget(userId: number): Promise<void>;
  /** Whether a code of the app or a recovery code is right; either works once. */
  check(userId: number, code: string): Promise<boolean>;
};

declare module 'kontor/sdk' {
  interface Services {
    twoFactor: TwoFactor;
  }
}

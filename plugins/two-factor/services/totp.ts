import { createHmac } from 'node:crypto';

const STEP = 30_000; // ms a code lasts; what every app assumes
const DIGITS = 6;
const WINDOW = 1; // steps before and after: clocks differ, people type slowly

/**
 * The step a code is right for (RFC 6238 with SHA-1, 30 s and six digits, which is what every app can do).
 *
 * @param after - steps up to this one were used
 * @returns undefined when the code is right for none of them
 */
export function matchingStep(input: {
  secret: Buffer;
  code: string;
  now: Date;
  after: number;
}): number | undefined {
  const present = Math.floor(input.now.getTime() / STEP);
  for (let step = present - WINDOW; step <= present + WINDOW; step += 1) {
    if (step > input.after && hotp(input.secret, step, DIGITS) === input.code) return step;
  }
  return undefined;
}

/** A code for a counter (RFC 4226). */
export function hotp(secret: Buffer, counter: number, digits: number): string {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac('sha1', secret).update(moving).digest();
  const offset = mac[mac.length - 1]! & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** What an authenticator app reads from a QR code. @param secret - in base32 */
export function otpauthUri(input: { secret: string; email: string; issuer: string }): string {
  const label = `${encodeURIComponent(input.issuer)}:${encodeURIComponent(input.email)}`;
  const query = new URLSearchParams({
    secret: input.secret,
    issuer: input.issuer,
    period: '30',
    digits: '6',
  });
  return `otpauth://totp/${label}?${query}`;
}

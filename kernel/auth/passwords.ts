import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { ok, refused, type Result } from 'kontor/sdk';
import type { AuthDeps } from './common.ts';
import { authErrors } from './errors.ts';

type Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number };

const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 }; // 19 MiB and about 30 ms: OWASP's floor for argon2id
const AT_ONCE = 2; // 38 MiB at most; more would take all of libuv's four threads, which files and DNS share
const MOST_WAITING = 500; // some 8 s of work; who comes later is told so instead of waiting in vain
const MINIMUM_LENGTH = 10;
const MAXIMUM_LENGTH = 256;
const COMMON =
  /^(.)\1*$|^(0?123456789\d*|9?876543210|1q2w3e4r.*|qwert[yz].{0,9}|abcdefghij.*|pass(word|w0rd).{0,6}|letmein.{0,6}|welcome.{0,6}|iloveyou.{0,6}|administrat(or|eur)|changeme.{0,6}|kontor.{0,6})$/i;
const PHC = /m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;
const NOBODY = phc(COST, Buffer.alloc(16), Buffer.alloc(32));

/** Hashes passwords with argon2id as text that keeps its parameters, a few at a time, however many sign in. */
export function createPasswords({ random, cost = COST }: Pick<AuthDeps, 'random'> & { cost?: Cost }) {
  const pass = createTurnstile();
  const derive = (password: string, salt: Buffer, by: Cost) =>
    pass(() =>
      promisify(argon2)('argon2id', {
        message: password.normalize('NFKC'),
        nonce: salt,
        tagLength: 32,
        ...by,
      }),
    );
  async function hash(password: string): Promise<string> {
    const salt = Buffer.from(random.token(), 'base64url');
    return phc(cost, salt, await derive(password, salt, cost));
  }

  return {
    hash,
    /** The hash of a new password, or why it is too weak for who has this address. */
    async accept(password: string, email: string): Promise<Result<string, 'weakPassword'>> {
      const why = weakness(password, email);
      return why ? refused('weakPassword', { why }) : ok(await hash(password));
    },
    /** @param stored - null where there is nobody, or no password: takes as long, answers false */
    async verify(password: string, stored: string | null): Promise<boolean> {
      const { by, salt, hash } = parsed(stored ?? NOBODY);
      const same = timingSafeEqual(await derive(password.slice(0, MAXIMUM_LENGTH), salt, by), hash);
      return same && stored !== null;
    },
    isOutdated: (stored: string) => !stored.startsWith(prefix(cost)),
    weakness,
  };
}
export type Passwords = ReturnType<typeof createPasswords>;

function weakness(password: string, email: string) {
  if (password.length < MINIMUM_LENGTH) return 'tooShort';
  if (password.length > MAXIMUM_LENGTH) return 'tooLong';
  const lower = password.toLowerCase();
  if (lower === email || lower === email.split('@')[0]) return 'isAddress';
  return COMMON.test(password) ? 'common' : undefined;
}

function phc(by: Cost, salt: Buffer, hash: Buffer): string {
  const [nonce, tag] = [salt, hash].map((bytes) => bytes.toString('base64').replaceAll('=', ''));
  return `${prefix(by)}${nonce}$${tag}`;
}

function prefix(by: Cost): string {
  return `$argon2id$v=19$m=${by.memory},t=${by.passes},p=${by.parallelism}$`;
}

function parsed(stored: string) {
  const [, memory, passes, parallelism, salt = '', hash = ''] = PHC.exec(stored) ?? [];
  return {
    by: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

function createTurnstile() {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async function pass<Value>(work: () => Promise<Value>): Promise<Value> {
    if (waiting.length >= MOST_WAITING) throw new authErrors.KERNEL_ERR_SIGN_IN_BUSY(waiting.length);
    if (inside < AT_ONCE) inside += 1;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else inside -= 1;
    }
  };
}

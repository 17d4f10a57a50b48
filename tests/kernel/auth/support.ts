import type { Test } from 'tap';
import {
  type Features,
  type Manifest,
  type Notice,
  ok,
  type PointName,
  type Points,
  refused,
  type Result,
  type SignInChallenge,
} from 'kontor/sdk';
import { createAuth } from '../../../kernel/auth/index.ts';
import { createRandom } from '../../../kernel/clock.ts';
import { enterAs, type StoreContext, within } from '../../../kernel/context.ts';
import { createChanges } from '../../../kernel/database/changes.ts';
import type { AuthPart, Changes, Config, KernelDatabase } from '../../../kernel/parts.ts';
import { createSecrets } from '../../../kernel/secrets/index.ts';
import { silentLog, startTestDatabase, testConfig } from '../../support/database.ts';

export const PASSWORD = 'quiet harbour morning';
export const FROM = { ip: '198.51.100.7', userAgent: 'Firefox on a desk' };

/**
 * The auth part over a database with two stores. What other parts give is made of plain objects: mail is an array,
 * limits are a map, the clock is moved by hand.
 */
export async function startAuth(t: Test, { mode = 'test' }: { mode?: Config['mode'] } = {}) {
  const database = await startTestDatabase(t);
  const mail: Notice[] = [];
  const world = {
    now: new Date('2026-03-01T09:00:00Z'),
    mail,
    challenges: [] as SignInChallenge[],
    channels: [
      { name: 'array', deliver: async (notice: Notice) => void mail.push(notice) },
    ] as Points['noticeChannels'][],
    limits: new Map<string, { used: number; max: number | null }>(),
    statements: 0,
  };

  /** One more process over the same database. */
  async function another(): Promise<AuthPart & { changes: Changes }> {
    const changes = await createChanges({
      database: database.database,
      target: database.target,
      log: silentLog(),
    });
    t.teardown(() => changes.close());
    return { ...authOver(changes), changes };
  }

  function authOver(changes: Changes): AuthPart {
    const config = testConfig({ mode });
    const auth = createAuth({
      config,
      database: counted(database.database, () => (world.statements += 1)),
      changes,
      clock: { now: () => world.now },
      random: createRandom(),
      log: silentLog(),
      points: { of: <N extends PointName>(name: N) => pointOf(name) as readonly Points[N][] },
      features: limitsOf(world.limits),
      secrets: createSecrets({ config }),
      tenancy: { byId: (id) => database.contexts.get(id) },
    });
    auth.declare(MANIFESTS);
    return auth;
  }

  function pointOf(name: PointName): readonly unknown[] {
    return name === 'signInChallenges' ? world.challenges : name === 'noticeChannels' ? world.channels : [];
  }

  const auth = authOver(database.changes);
  const { a, b } = database.stores;
  return {
    auth,
    another,
    world,
    changes: database.changes,
    platform: database.database.platform,
    a,
    b,
    inA: <Value>(work: () => Value) => inStore(a, work),
    inB: <Value>(work: () => Value) => inStore(b, work),
    pass: (milliseconds: number) => {
      world.now = new Date(world.now.getTime() + milliseconds);
    },
    async aUser(email = 'ada@example.lu', more: { isAdmin?: boolean } = {}) {
      const user = value(await auth.users.create({ email, name: 'Ada', password: PASSWORD, ...more }));
      const signIn = async () => value(await auth.users.signIn({ email, password: PASSWORD, ...FROM }));
      return { ...user, signIn };
    },
    /** Delivers what waits and gives the token of the last link. */
    async linkToken(): Promise<string> {
      await auth.deliverNotices();
      return new URL(mail.at(-1)!.link!).searchParams.get('token')!;
    },
  };
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What was expected to be accepted; the test fails here when it was not. */
export function value<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`Expected an accepted order, got the refusal '${result.refusal}'`);
  return result.value;
}

export function refusalOf(result: Result<unknown>): string | undefined {
  return result.ok ? undefined : result.refusal;
}

/** Runs work as a signed-in user of the store that is current. */
export function asUserOf<Value>(user: { id: number; email: string }, work: () => Value): Value {
  const { id: userId, email } = user;
  return within({ actor: { kind: 'user', userId, email, isAdmin: false, sessionId: 1 } }, work);
}

/** Settles when the other node has heard of a change of this topic. */
export function heard(changes: Changes, topic: string): Promise<string> {
  return new Promise((resolve) => changes.on(topic, resolve));
}

export const MANIFESTS = [
  {
    id: 'notes',
    version: '1.0.0',
    title: 'Notes',
    requires: '^1.0.0',
    permissions: [
      { code: 'notes.read', title: 'Read notes', presets: ['manager', 'editor', 'read-only'] },
      { code: 'notes.write', title: 'Write notes', presets: ['manager', 'editor'] },
    ],
  },
  {
    id: 'books',
    version: '1.0.0',
    title: 'Books',
    requires: '^1.0.0',
    permissions: [{ code: 'books.close', title: 'Close the books', presets: ['accountant'] }],
  },
] satisfies Manifest[];

/** As `MANIFESTS`, with a plugin that limits the team. */
export const WITH_TEAM_LIMIT: Manifest[] = [
  ...MANIFESTS,
  {
    id: 'team',
    version: '1.0.0',
    title: 'Team',
    requires: '^1.0.0',
    limits: [{ code: 'team.members', title: 'Team members', per: 'total', tiers: { basic: 1, full: 2 } }],
  },
];

function inStore<Value>(store: StoreContext, work: () => Value): Value {
  return enterAs({ actor: { kind: 'system', reason: 'a test' }, store }, work);
}

function limitsOf(
  limits: Map<string, { used: number; max: number | null }>,
): Pick<Features, 'use' | 'release' | 'limit'> {
  return {
    async use(code, count = 1) {
      const limit = limits.get(code)!;
      if (limit.max !== null && limit.used + count > limit.max) return refused('limitReached', { ...limit });
      limit.used += count;
      return ok({ ...limit });
    },
    async release(code, count = 1) {
      limits.get(code)!.used -= count;
    },
    limit: async (code) => ({ ...limits.get(code)! }),
  };
}

function counted(database: KernelDatabase, count: () => void): KernelDatabase {
  const counting =
    <Words extends unknown[], Answer>(ask: (...words: Words) => Answer) =>
    (...words: Words): Answer => {
      count();
      return ask(...words);
    };
  const platform = {
    ...database.platform,
    query: counting(database.platform.query) as typeof database.query,
  };
  return {
    ...database,
    query: counting(database.query) as typeof database.query,
    read: counting(database.read) as typeof database.read,
    platform,
  };
}

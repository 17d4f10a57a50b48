import type { Result } from './result.ts';

/** Who is acting. Every request, job and CLI command has exactly one. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'user';
      readonly userId: number;
      readonly email: string;
      readonly isAdmin: boolean;
      readonly sessionId: number;
      /** Set while an admin acts as this user. */
      readonly impersonation?: { readonly adminId: number; readonly reason: string; readonly until: Date };
    }
  | {
      readonly kind: 'customer';
      readonly customerId: number;
      readonly email: string;
      readonly sessionId: number;
    }
  | {
      readonly kind: 'apiKey';
      readonly keyId: number;
      readonly name: string;
      readonly scopes: readonly string[];
    }
  | { readonly kind: 'system'; readonly reason: string };

/** A second step of a sign-in, contributed to the point `signInChallenges`: one-time codes, passkeys. */
export type SignInChallenge = {
  /** Name on the wire, e.g. `totp`. */
  name: string;
  /** Whether this user must pass it. Whom `users.needChallenge` names must, whatever it says. */
  isRequired(userId: number): Promise<boolean>;
  /** @param answer - what the person sent, e.g. `{ code: '123456' }`; true passes, and may be used once only */
  check(userId: number, answer: Record<string, unknown>): Promise<boolean>;
  /** Takes it from a user for good: an operator at the machine resets them without a second step. */
  forget?(userId: number): Promise<void>;
};

/** Something the platform has to tell a person, with a link that holds a one-use token. */
export type Notice = {
  kind: 'invitation' | 'password-reset' | 'email-change' | 'email-changed' | 'new-sign-in' | 'locked-out';
  to: string;
  locale: string;
  /** The store it speaks for; the platform when left out. */
  storeId?: number;
  storeName?: string;
  /** Absolute address on the canonical host, never on the request's. */
  link?: string;
  /** When the link stops working. */
  expiresAt?: Date;
};

/** A way to bring notices to people, contributed to the point `noticeChannels`, e.g. by a mail plugin. */
export type NoticeChannel = {
  name: string;
  /** @throws when it could not be handed over; it is tried again */
  deliver(notice: Notice): Promise<void>;
};

/** A signed-in session as its owner sees it. */
export type SessionInfo = {
  id: number;
  createdAt: Date;
  lastSeenAt: Date;
  ip: string;
  userAgent: string;
  isCurrent: boolean;
};

/** A fresh session: `token` goes into the cookie and is never stored; `csrfToken` into the page. */
export type NewSession = { token: string; csrfToken: string; expiresAt: Date };

/**
 * Why somebody was not signed in. `challengeRequired` has in its details the second steps: `challenges` wait for an answer,
 * `unavailable` are needed too, but the plugin that asks for them does not run, so that nobody gets in now.
 */
export type SignInRefusal =
  | 'wrongCredentials'
  | 'lockedOut'
  | 'challengeRequired'
  | 'challengeFailed'
  | 'disabled';

/** A try to sign in; address and browser are kept with the session, and count failed tries. */
export type SignIn = {
  email: string;
  password: string;
  ip: string;
  userAgent: string;
  /** Answers to challenges, by name. */
  challenges?: Readonly<Record<string, Record<string, unknown>>>;
};

/**
 * Roles that every store has. Which permissions they hold is what plugins declare in `permissions[].presets`.
 */
export type RolePreset = 'owner' | 'manager' | 'editor' | 'fulfilment' | 'accountant' | 'read-only';

/** A person who works, without anything secret. */
export type UserInfo = {
  id: number;
  email: string;
  name: string;
  locale: string;
  isAdmin: boolean;
  state: 'active' | 'disabled';
};
/** A person in the team of a store. */
export type Member = { userId: number; email: string; name: string; role: string; since: Date };
/** A store whose team a user belongs to. */
export type Membership = {
  storeId: number;
  handle: string;
  name: string;
  role: string;
  /** What the role may do there, as the running plugins declare it. */
  permissions: readonly string[];
};
/** An invitation that waits for an answer. Its token is in the notice only. */
export type Invitation = { id: number; email: string; role: string; expiresAt: Date };
/** A preset, or a store's own set of permissions. */
export type Role = { code: string; title: string; permissions: readonly string[]; isPreset: boolean };
/** A program's key to one store, without its secret. */
export type ApiKey = {
  id: number;
  name: string;
  scopes: readonly string[];
  expiresAt: Date | null;
  lastUsedAt: Date | null;
};
/** A person who shops in one store, without anything secret. */
export type Customer = {
  id: number;
  email: string;
  firstName: string;
  lastName: string;
  locale: string;
  state: 'active' | 'disabled';
};

/** People who work: platform admins and the teams of stores. Methods about a store act on the current one. */
export type Users = {
  create(input: {
    email: string;
    name: string;
    password?: string;
    locale?: string;
    isAdmin?: boolean;
  }): Promise<Result<UserInfo, 'emailTaken' | 'weakPassword'>>;
  find(userId: number): Promise<UserInfo | undefined>;
  signIn(input: SignIn): Promise<Result<NewSession & { user: UserInfo }, SignInRefusal>>;
  signOut(sessionId: number): Promise<void>;
  sessions(userId: number, currentSessionId?: number): Promise<SessionInfo[]>;
  endSession(userId: number, sessionId: number): Promise<Result<undefined, 'notFound'>>;
  endAllSessions(userId: number, except?: number): Promise<number>;
  /** The stores a user works for, by name. */
  memberships(userId: number): Promise<Membership[]>;
  /** What the page of a session sends as `x-csrf-token`, from the session's cookie. */
  csrfToken(sessionToken: string): string;
  /** Proves again who is there, before a sensitive change. */
  confirmPassword(userId: number, password: string): Promise<boolean>;
  changePassword(input: {
    userId: number;
    current: string;
    next: string;
    keepSessionId?: number;
  }): Promise<Result<undefined, 'wrongPassword' | 'weakPassword'>>;
  /** Answers the same, in the same time, for known and unknown addresses. */
  requestPasswordReset(email: string): Promise<void>;
  resetPassword(input: {
    token: string;
    password: string;
  }): Promise<Result<undefined, 'invalidToken' | 'weakPassword'>>;
  requestEmailChange(input: {
    userId: number;
    email: string;
    password: string;
  }): Promise<Result<undefined, 'wrongPassword'>>;
  confirmEmailChange(token: string): Promise<Result<undefined, 'invalidToken' | 'emailTaken'>>;
  updateProfile(userId: number, change: { name?: string; locale?: string }): Promise<void>;
  /**
   * Remembers, in the kernel, whether a user needs a second step, so that who does is not let in by the password alone while
   * the plugin that asks for it is set aside or off. Call it in the transaction that turns the step on or off; it joins
   * an open one of `asPlatform`.
   *
   * @param name - of the `SignInChallenge`
   * @example await users.needChallenge(userId, 'totp', true)
   */
  needChallenge(userId: number, name: string, isNeeded: boolean): Promise<void>;
  disable(userId: number): Promise<void>;
  enable(userId: number): Promise<void>;
  /** An admin acts as a user for at most an hour; both identities are recorded. */
  impersonate(input: {
    adminId: number;
    userId: number;
    reason: string;
    ip: string;
    userAgent: string;
  }): Promise<Result<NewSession, 'notFound' | 'reasonMissing' | 'notAllowed'>>;
};

/** The team of the current store. */
export type Team = {
  members(): Promise<Member[]>;
  roles(): Promise<Role[]>;
  saveRole(input: {
    code: string;
    title: string;
    permissions: readonly string[];
  }): Promise<Result<Role, 'unknownPermission' | 'presetRole'>>;
  removeRole(code: string): Promise<Result<undefined, 'notFound' | 'inUse' | 'presetRole'>>;
  invite(input: {
    email: string;
    role: string;
    invitedBy: number;
  }): Promise<Result<Invitation, 'unknownRole' | 'alreadyMember' | 'limitReached'>>;
  invitations(): Promise<Invitation[]>;
  withdrawInvitation(id: number): Promise<Result<undefined, 'notFound'>>;
  /** Runs without a store: the token names it. A new person gives name and password, a known one signs in with it. */
  acceptInvitation(input: {
    token: string;
    name?: string;
    password: string;
  }): Promise<
    Result<
      { storeHandle: string; user: UserInfo },
      'invalidToken' | 'weakPassword' | 'wrongPassword' | 'limitReached'
    >
  >;
  add(input: { userId: number; role: string }): Promise<Result<undefined, 'unknownRole' | 'limitReached'>>;
  changeRole(
    userId: number,
    role: string,
  ): Promise<Result<undefined, 'notFound' | 'unknownRole' | 'lastOwner'>>;
  remove(userId: number): Promise<Result<undefined, 'notFound' | 'lastOwner'>>;
  /** The secret is given once and never stored. */
  createApiKey(input: {
    name: string;
    scopes: readonly string[];
    expiresAt?: Date;
  }): Promise<Result<ApiKey & { secret: string }, 'unknownPermission'>>;
  apiKeys(): Promise<ApiKey[]>;
  revokeApiKey(id: number): Promise<Result<undefined, 'notFound'>>;
};

/** People who shop, of the current store only: the same address may exist in two stores with two passwords. */
export type Customers = {
  register(input: {
    email: string;
    password: string;
    firstName?: string;
    lastName?: string;
    locale?: string;
  }): Promise<Result<Customer, 'emailTaken' | 'weakPassword'>>;
  find(customerId: number): Promise<Customer | undefined>;
  signIn(input: SignIn): Promise<Result<NewSession & { customer: Customer }, SignInRefusal>>;
  signOut(sessionId: number): Promise<void>;
  requestPasswordReset(email: string): Promise<void>;
  resetPassword(input: {
    token: string;
    password: string;
  }): Promise<Result<undefined, 'invalidToken' | 'weakPassword'>>;
  changePassword(input: {
    customerId: number;
    current: string;
    next: string;
    keepSessionId?: number;
  }): Promise<Result<undefined, 'wrongPassword' | 'weakPassword'>>;
  setState(customerId: number, state: 'active' | 'disabled'): Promise<Result<undefined, 'notFound'>>;
};

import type { CookieOptions, NewSession, RouteReply } from 'kontor/sdk';
import type { SessionCookies } from './cookies.ts';

export type Headers = Record<string, string | string[]>;

/** What a handler says about its answer, kept until the answer is sure: a transaction may run it twice. */
export class Draft implements RouteReply {
  statusCode: number | undefined;
  readonly headers: Headers = {};
  readonly #cookies: SessionCookies;
  readonly #sessionCookie: string;

  constructor(cookies: SessionCookies, host: 'platform' | 'store') {
    this.#cookies = cookies;
    this.#sessionCookie = cookies.names[host];
  }

  status(code: number): this {
    this.statusCode = code;
    return this;
  }

  header(name: string, value: string): this {
    this.headers[name.toLowerCase()] = value;
    return this;
  }

  type(contentType: string): this {
    return this.header('content-type', contentType);
  }

  cookie(name: string, value: string, options?: CookieOptions & { expires?: Date }): this {
    const others = ((this.headers['set-cookie'] ?? []) as string[]).filter(
      (one) => !one.startsWith(`${name}=`),
    );
    this.headers['set-cookie'] = [...others, this.#cookies.write(name, value, options)];
    return this;
  }

  clearCookie(name: string): this {
    return this.cookie(name, '', { maxAge: 0 });
  }

  redirect(address: string, status: 301 | 302 | 303 | 307 | 308 = 302): this {
    return this.header('location', address).status(status);
  }

  session(session: NewSession): this {
    return this.cookie(this.#sessionCookie, session.token, { expires: session.expiresAt });
  }

  endSession(): this {
    return this.clearCookie(this.#sessionCookie);
  }
}

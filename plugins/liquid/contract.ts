import type { Result } from 'kontor/sdk';

declare module 'kontor/sdk' {
  /** What goes into a template besides its text. */
  interface LiquidScope {
    /** What error messages call the template. */
    readonly name: string;
    /** Plain data; only own properties can be read. */
    readonly data: Readonly<Record<string, unknown>>;
    /** For dates, numbers and money; the store's when left out. */
    readonly locale?: string;
    /** Escapes output for HTML unless the template says `| raw`; true when left out. */
    readonly isHtml?: boolean;
    /** Snippets that `render` may name. */
    readonly partials?: Readonly<Record<string, string>>;
  }

  /** Renders Liquid of people who need not be trusted: no files, no prototypes, a bounded time, length and memory. */
  interface Liquid {
    /** @returns `brokenTemplate` with message, template and line */
    render(source: string, scope: LiquidScope): Promise<Result<string, 'brokenTemplate'>>;
    /** Whether a text is a template at all, before it is stored. */
    check(source: string, name: string): Result<undefined, 'brokenTemplate'>;
  }

  interface Services {
    liquid: Liquid;
  }
}

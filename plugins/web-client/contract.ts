import type { Readable } from 'node:stream';
import type { Result } from 'kontor/sdk';

declare module 'kontor/sdk' {
  /** What may be asked for. */
  interface WebRequest {
    /** `http:` or `https:`, as a merchant may have typed it. */
    readonly url: string;
    readonly method?: 'GET' | 'HEAD' | 'POST';
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Buffer;
    /** Most bytes of the answer; 5 MiB when left out. */
    readonly maxBytes?: number;
    /** Milliseconds for all of it; 10,000 when left out. */
    readonly timeLimit?: number;
    readonly signal?: AbortSignal;
  }

  interface WebAnswer<Body> {
    readonly status: number;
    /** Lower-case names. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Body;
  }

  /**
   * The one way to ask an address that a merchant can enter. Refuses addresses that are not of the open internet in every
   * spelling, connects to the address that was judged and no other, follows no redirect, and keeps to limits of time and size.
   */
  interface WebClient {
    /** @returns `unreachable` for every reason that lies with the address, so that a stranger learns nothing of our network */
    get(request: WebRequest): Promise<Result<WebAnswer<Buffer>, 'badAddress' | 'unreachable' | 'tooLarge'>>;
    /** As `get`, with the body as it comes; an answer that grows past `maxBytes` ends in an error of the stream. */
    open(request: WebRequest): Promise<Result<WebAnswer<Readable>, 'badAddress' | 'unreachable'>>;
  }

  interface Services {
    webClient: WebClient;
  }
}

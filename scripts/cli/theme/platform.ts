import type { Theme, ThemeReport, ThemeVersion } from 'kontor/sdk';
import { findingLine } from '../../../plugins/storefront/themes/judge/findings.ts';
import { CommandError, type Given, UsageError } from '../command.ts';

/** Where a store is, and with what key: options of every command that speaks with a running platform. */
export const CONNECTION = {
  options: {
    store: { type: 'string' },
    url: { type: 'string' },
    key: { type: 'string' },
  },
  explain: {
    store: 'Handle of the store',
    url: 'Where the platform runs; http://localhost:3000 when left out',
    key: 'A key of the store for themes; the variable THEME_KEY when left out, which nobody else sees',
  },
} as const;

/** A store's themes on a running platform. */
export type Platform = {
  /** Where the platform answers. */
  readonly origin: string;
  get(path: string): Promise<Response>;
  send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: Uint8Array | object): Promise<Response>;
  theme(id: string): Promise<Theme>;
  install(archive: Buffer, name?: string): Promise<{ theme: Theme; report: ThemeReport }>;
  push(
    id: number,
    archive: Buffer,
    mode: 'replace' | 'merge',
  ): Promise<{ version: ThemeVersion; report: ThemeReport }>;
  publish(id: number): Promise<Theme>;
  previewLink(id: number, hours?: number): Promise<{ address: string; token: string; expiresAt: string }>;
};

/** @throws CommandError with what the platform said, when it refuses */
export function platformOf({ options }: Pick<Given, 'options'>): Platform {
  const { store } = options;
  if (!store) throw new UsageError('--store is missing: the handle of the store');
  const key = String(options.key ?? process.env.THEME_KEY ?? '');
  if (!key)
    throw new UsageError('A key is missing: put one of the store, for themes, into the variable THEME_KEY');
  const { origin } = new URL(String(options.url ?? 'http://localhost:3000'));
  const base = `${origin}/api/stores/${encodeURIComponent(String(store))}/themes`;

  async function call(method: string, path: string, body?: Uint8Array | object): Promise<Response> {
    const isBytes = body instanceof Uint8Array;
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body && { 'content-type': isBytes ? 'application/zip' : 'application/json' }),
      },
      ...(body && { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
    }).catch((reason: Error) => {
      throw new CommandError(
        `Nobody answers at ${origin}: ${String((reason.cause as Error)?.message ?? reason.message)}`,
      );
    });
    if (!response.ok) throw new CommandError(await refusal(response));
    return response;
  }

  const json = async <Answer>(answer: Promise<Response>): Promise<Answer> =>
    (await (await answer).json()) as Answer;

  return {
    origin,
    get: (path) => call('GET', path),
    send: call,
    theme: (id) => json(call('GET', `/${numberOf(id)}`)),
    install: (archive, name) => json(call('POST', name ? `?name=${encodeURIComponent(name)}` : '', archive)),
    push: (id, archive, mode) => json(call('PUT', `/${id}/content?mode=${mode}`, archive)),
    publish: (id) => json(call('POST', `/${id}/publish`, {})),
    previewLink: (id, hours) => json(call('POST', `/${id}/preview-link`, hours ? { hours } : {})),
  };
}

/** The number of a theme as it was written. */
export function numberOf(id: string | boolean | undefined): number {
  if (typeof id === 'string' && /^\d{1,15}$/.test(id)) return Number(id);
  throw new UsageError(`Expected the number of a theme, got '${String(id ?? '')}'`);
}

async function refusal(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as {
    code?: string;
    detail?: string;
    title?: string;
    details?: { report?: ThemeReport };
  };
  const found = problem.details?.report?.errors.map(findingLine) ?? [];
  const sentence = problem.detail ?? problem.title ?? problem.code ?? 'no reason was given';
  return [`The platform refused (${response.status}): ${sentence}`, ...found].join('\n');
}

import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { isResult, type KernelServices, type Route } from 'kontor/sdk';
import type { Row } from '../parts.ts';
import { problemBody } from './problem.ts';
import type { Draft, Headers } from './reply.ts';

/** What goes out, before it goes out: it can be kept for an Idempotency-Key, or dropped with its transaction. */
export type Answer = { status: number; headers: Headers; body: string | Buffer | Readable | undefined };

const JSON_TYPE = 'application/json; charset=utf-8';
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Makes the answer of what a handler returned: a value, a Result, a text of a stated type, or nothing. */
export function answerOf(input: {
  value: unknown;
  draft: Draft | undefined;
  route: Route;
  reply: FastifyReply;
  /** The plugin's texts and the language of the request; a refusal's text is `refusal.{code}`. */
  texts: { i18n: KernelServices['i18n'] | undefined; locale: string };
}): Answer {
  const { draft, route, reply } = input;
  const result = isResult(input.value) ? input.value : undefined;
  const headers: Headers = draft?.headers ?? {};
  if (result && !result.ok) {
    const { refusal: code, details } = result;
    const status = route.refusals?.[code] ?? 422;
    const body = problemBody(
      { status, code, detail: textOf(code, details, input.texts), details },
      reply.request.id,
    );
    return { status, headers: { ...headers, 'content-type': PROBLEM_TYPE }, body };
  }
  const value = result ? result.value : input.value;
  if (value === undefined || value === null)
    return { status: draft?.statusCode ?? 204, headers, body: undefined };
  const status = draft?.statusCode ?? 200;
  if (typeof value === 'string' || Buffer.isBuffer(value) || isStream(value)) {
    headers['content-type'] ??= 'text/plain; charset=utf-8';
    return { status, headers, body: value };
  }
  headers['content-type'] ??= JSON_TYPE;
  const schema = route.response?.[status];
  const text = schema ? reply.serializeInput(value as Row, schema as unknown as Row) : JSON.stringify(value);
  return { status, headers, body: text };
}

export function problemAnswer(problem: Parameters<typeof problemBody>[0], requestId: string): Answer {
  const wait = problem.details?.retryAfter;
  const headers: Headers = { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' };
  if (typeof wait === 'number') headers['retry-after'] = String(wait);
  if (problem.status === 401) headers['www-authenticate'] = 'Bearer';
  return { status: problem.status, headers, body: problemBody(problem, requestId) };
}

function isStream(value: unknown): value is Readable {
  return typeof value === 'object' && value !== null && typeof (value as Readable).pipe === 'function';
}

/** The plugin's own words for a refusal, else its name: `outOfStock` as `Out of stock`. */
function textOf(
  refusal: string,
  details: Readonly<Record<string, unknown>>,
  { i18n, locale }: { i18n: KernelServices['i18n'] | undefined; locale: string },
): string {
  const key = `refusal.${refusal}`;
  const text = i18n?.text(key, details as Record<string, string>, locale) ?? key;
  if (text !== key) return text;
  const words = refusal.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

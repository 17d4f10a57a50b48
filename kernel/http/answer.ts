import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { isResult, type KernelServices, type Route } from 'kontor/sdk';
import type { Row } from '../parts.ts';
import { problemAnswer } from './problem.ts';
import type { Draft, Headers } from './reply.ts';

/** What goes out, before it goes out: it can be kept for an Idempotency-Key, or dropped with its transaction. */
export type Answer = { status: number; headers: Headers; body: string | Buffer | Readable | undefined };

type Spoken = { i18n: KernelServices['i18n'] | undefined; locale: string };

/** Makes the answer of what a handler returned: a value, a Result, a text of a stated type, or nothing. */
export function answerOf({
  draft: { headers, statusCode },
  route,
  reply,
  ...input
}: Spoken & { value: unknown; draft: Draft; route: Route; reply: FastifyReply }): Answer {
  const result = isResult(input.value) ? input.value : undefined;
  if (result && !result.ok) {
    const { refusal: code, details } = result;
    const detail = textOf(code, details, input);
    const problem = { status: route.refusals?.[code] ?? 422, code, detail, details };
    const answer = problemAnswer(problem, reply.request.id);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }
  const value = result ? result.value : input.value;
  if (value === undefined || value === null) return { status: statusCode ?? 204, headers, body: undefined };
  const status = statusCode ?? 200;
  if (typeof value === 'string' || Buffer.isBuffer(value) || isStream(value)) {
    headers['content-type'] ??= 'text/plain; charset=utf-8';
    // What makes the next piece goes on as this actor in this store, whoever's turn it is.
    if (isStream(value)) value.read = AsyncLocalStorage.bind(value.read.bind(value));
    return { status, headers, body: value };
  }
  const schema = route.response?.[status];
  headers['content-type'] ??= 'application/json; charset=utf-8';
  return {
    status,
    headers,
    body: schema ? reply.serializeInput(value as Row, schema as unknown as Row) : JSON.stringify(value),
  };
}

function isStream(value: unknown): value is Readable {
  return typeof value === 'object' && typeof (value as Readable).pipe === 'function';
}

/** The plugin's own words for a refusal (`refusal.{code}`), else its name: `outOfStock` as `Out of stock`. */
function textOf(
  refusal: string,
  details: Readonly<Record<string, unknown>>,
  { i18n, locale }: Spoken,
): string {
  const key = `refusal.${refusal}`;
  const text = i18n?.text(key, details as Record<string, string>, locale) ?? key;
  if (text !== key) return text;
  const words = refusal.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

import { STATUS_CODES } from 'node:http';
import { KontorError } from 'kontor/sdk';
import type { Answer } from './answer.ts';

/** What a client is told when something was not done (RFC 9457). */
export type Problem = {
  status: number;
  /** Stable name: a refusal (`outOfStock`) or the code of an error. */
  code: string;
  detail: string;
  details?: Readonly<Record<string, unknown>>;
};

const CALM = 'Something went wrong on our side; the request id tells us what';

/** What Fastify refuses before a route is reached, in our words. */
const FROM_FASTIFY: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  FST_ERR_BAD_URL: [400, 'Expected an address with valid percent-encoding'],
  FST_ERR_MAX_PARAM_LENGTH: [414, 'Expected shorter parts in the address'],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'The body is larger than this route takes'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'Expected a body of type application/json or a form'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [
    400,
    'Expected JSON in the body, got nothing; leave the content type out instead',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'The body is not as long as its Content-Length says'],
};

/** The one place where an accident becomes an answer. What is private stays private. */
export function problemOf(error: unknown): Problem {
  if (error instanceof KontorError) {
    const { status, code, message: detail, details } = error;
    return error.visibility === 'public' ? { status, code, detail, details } : { status, code, detail: CALM };
  }
  const {
    code = '',
    statusCode,
    message,
  } = (error ?? {}) as Partial<Error> & {
    code?: string;
    statusCode?: number;
  };
  const known = FROM_FASTIFY[code];
  if (known) return { status: known[0], code: 'KERNEL_ERR_REQUEST', detail: known[1] };
  // The parser's own words name the place, and hold nothing but what the client sent.
  if (statusCode === 400 && (error instanceof SyntaxError || code === 'FST_ERR_CTP_INVALID_JSON_BODY')) {
    const detail = `Expected valid JSON in the body: ${message}`;
    return { status: 400, code: 'KERNEL_ERR_JSON', detail };
  }
  return { status: 500, code: 'KERNEL_ERR_INTERNAL', detail: CALM };
}

export function problemAnswer(problem: Problem, requestId: string): Answer & { body: string } {
  const { status, code, detail, details = {} } = problem;
  const type = `urn:kontor:problem:${code}`;
  const title = STATUS_CODES[status] ?? 'Error';
  const more = Object.keys(details).length > 0 ? { details } : {};
  return {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...(typeof details.retryAfter === 'number' && { 'retry-after': String(details.retryAfter) }),
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    },
    body: JSON.stringify({ type, title, status, code, detail, ...more, requestId }),
  };
}

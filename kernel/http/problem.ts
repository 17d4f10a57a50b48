import { STATUS_CODES } from 'node:http';
import { KontorError } from 'kontor/sdk';

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
    const isPublic = error.visibility === 'public';
    return {
      status: error.status,
      code: error.code,
      detail: isPublic ? error.message : CALM,
      ...(isPublic && { details: error.details }),
    };
  }
  const { code, statusCode, message } = (error ?? {}) as {
    code?: string;
    statusCode?: number;
    message?: string;
  };
  const known = code === undefined ? undefined : FROM_FASTIFY[code];
  if (known) return { status: known[0], code: 'KERNEL_ERR_REQUEST', detail: known[1] };
  // The parser's own words name the place, and hold nothing but what the client sent.
  const parsing = error instanceof SyntaxError || code === 'FST_ERR_CTP_INVALID_JSON_BODY';
  if (parsing && statusCode === 400) {
    return {
      status: 400,
      code: 'KERNEL_ERR_JSON',
      detail: `Expected valid JSON in the body: ${message}`,
    };
  }
  return { status: 500, code: 'KERNEL_ERR_INTERNAL', detail: CALM };
}

/** @returns the body of type application/problem+json */
export function problemBody(problem: Problem, requestId: string): string {
  const { status, code, detail, details } = problem;
  const type = `urn:kontor:problem:${code}`;
  const title = STATUS_CODES[status] ?? 'Error';
  const more = details && Object.keys(details).length > 0 ? { details } : {};
  return JSON.stringify({ type, title, status, code, detail, ...more, requestId });
}

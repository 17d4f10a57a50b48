import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KernelServices } from 'kontor/sdk';
import type { KernelLog } from '../parts.ts';
import type { Answer } from './answer.ts';
import { problemAnswer, problemOf } from './problem.ts';

const WORTH_COMPRESSING = 1024; // bytes; below it the headers outweigh what is won
const COMPRESSIBLE = /^text\/(?!event-stream)|[/+](json|xml|javascript)\b/;
// 4 of 11: what is left to win costs ten times the time.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/**
 * Makes the one way out: every answer gets its headers here, and what is large and made of text goes compressed, off the
 * main thread. No hook of Fastify and no header set on Node's own response: both cost the hot path.
 */
export function createSend(deps: {
  isSecure: boolean;
  isDraining: () => boolean;
  log: KernelLog;
  metrics: KernelServices['metrics'];
}) {
  const answers = deps.metrics.counter('kontor_http_answers_total', 'Answers by status');
  // A handler that serves pages sets its own Content-Security-Policy over this one, which lets nothing load and nobody
  // frame it: right for data.
  const always = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    ...(deps.isSecure && { 'strict-transport-security': 'max-age=63072000' }), // two years, as browsers' lists ask
  };
  return { send, fail };

  function send(reply: FastifyReply, { status, headers, body }: Answer): void {
    answers.add(1, { status: String(status) });
    reply.code(status).headers(always).header('x-request-id', reply.request.id);
    // What somebody is answered is theirs; `no-store` stays the word for a secret. The answer's own header comes last.
    if ((reply.request.visitor?.actor.kind ?? 'anonymous') !== 'anonymous')
      reply.header('cache-control', 'private');
    reply.headers(headers);
    if (deps.isDraining()) reply.header('connection', 'close');
    const isText = typeof body === 'string' || Buffer.isBuffer(body);
    const encoding = isText && body.length >= WORTH_COMPRESSING && encodingFor(reply.request, headers);
    if (!encoding) {
      reply.send(body);
      return;
    }
    reply.header('content-encoding', encoding).header('vary', 'accept-encoding');
    const packed = encoding === 'br' ? brotli(body, BROTLI) : zip(body);
    packed.then(
      (bytes) => reply.send(bytes),
      (error) => reply.raw.destroy(error),
    );
  }

  /** Answers an accident; what was our fault is written down with its causes. */
  function fail(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = problemOf(error);
    if (problem.status >= 500) {
      const { url = '', config } = request.routeOptions;
      const where = { plugin: config.plugin, address: `${request.method} ${url}` };
      deps.log.error({ err: error, requestId: request.id, ...where }, 'a request failed');
    }
    send(reply, problemAnswer(problem, request.id));
  }
}

const brotli = promisify<string | Buffer, object, Buffer>(brotliCompress);
const zip = promisify<string | Buffer, Buffer>(gzip);

function encodingFor(
  { headers, method }: FastifyRequest,
  answered: Answer['headers'],
): 'br' | 'gzip' | undefined {
  const accepted = headers['accept-encoding'];
  if (typeof accepted !== 'string' || 'content-encoding' in answered || method === 'HEAD') return undefined;
  if (!COMPRESSIBLE.test(String(answered['content-type']))) return undefined;
  const wants = (name: string) => new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted);
  return wants('br') ? 'br' : wants('gzip') ? 'gzip' : undefined;
}

import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import type { KernelServices } from 'kontor/sdk';
import type { Answer } from './answer.ts';
import type { Headers } from './reply.ts';

export type Send = (reply: FastifyReply, answer: Answer) => void;

const WORTH_COMPRESSING = 1024; // bytes; below it the headers outweigh what is won
const COMPRESSIBLE = /^text\/(?!event-stream)|[/+](json|xml|javascript)\b/;

/**
 * Makes the one way out: every answer gets its headers here, and what is large and made of text goes compressed, off the
 * main thread. No hook of Fastify and no header set on Node's own response: both cost the hot path.
 */
export function createSend(deps: {
  isSecure: boolean;
  isDraining: () => boolean;
  metrics: KernelServices['metrics'];
}): Send {
  const always = Object.entries(securityHeaders(deps.isSecure));
  const answers = deps.metrics.counter('kontor_http_answers_total', 'Answers by status');
  const labels = new Map<number, { status: string }>();
  return (reply, { status, headers, body }) => {
    const label = labels.get(status) ?? { status: String(status) };
    labels.set(status, label);
    answers.add(1, label);
    reply.code(status);
    for (const [name, value] of always) if (!(name in headers)) reply.header(name, value);
    reply.header('x-request-id', reply.request.id);
    for (const name in headers) reply.header(name, headers[name]!);
    if (deps.isDraining()) reply.header('connection', 'close');
    const isText = typeof body === 'string' || Buffer.isBuffer(body);
    const encoding = isText && body.length >= WORTH_COMPRESSING ? encodingFor(reply, headers) : undefined;
    if (!isText || !encoding) {
      reply.send(body);
      return;
    }
    reply.header('content-encoding', encoding).header('vary', 'accept-encoding');
    const packed = encoding === 'br' ? brotli(body, BROTLI) : zip(body);
    packed.then(
      (bytes) => reply.send(bytes),
      (error) => reply.raw.destroy(error),
    );
  };
}

const brotli = promisify<string | Buffer, object, Buffer>(brotliCompress);
const zip = promisify<string | Buffer, Buffer>(gzip);
// 4 of 11: what is left to win costs ten times the time.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

function encodingFor(reply: FastifyReply, headers: Headers): 'br' | 'gzip' | undefined {
  const accepted = reply.request.headers['accept-encoding'];
  if (typeof accepted !== 'string' || 'content-encoding' in headers || reply.request.method === 'HEAD')
    return undefined;
  if (!COMPRESSIBLE.test(String(headers['content-type']))) return undefined;
  const wants = (name: string) => new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted);
  return wants('br') ? 'br' : wants('gzip') ? 'gzip' : undefined;
}

/**
 * Headers of every answer. A handler that serves pages sets its own Content-Security-Policy over this one, which lets
 * nothing load and nobody frame it: right for data.
 */
function securityHeaders(isSecure: boolean): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    ...(isSecure && { 'strict-transport-security': 'max-age=63072000' }), // two years, as browsers' lists ask
  };
}

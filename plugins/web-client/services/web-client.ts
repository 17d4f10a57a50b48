import { type Cradle, ok, refused, type WebAnswer, type WebClient, type WebRequest } from 'kontor/sdk';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { errors } from '../errors.ts';
import { ask } from './ask.ts';
import { findAddresses, internet, type Internet } from './find-addresses.ts';
import { limitedBody } from './limited-body.ts';
import { readTarget, type Rules } from './read-target.ts';

const SIZE = 5 * 1024 * 1024; // bytes
const TIME = 10_000; // ms

/**
 * The one way to ask an address that a merchant can enter.
 *
 * @param net - where names lead and what is allowed; the internet when left out
 */
export function createWebClient({ settings }: Pick<Cradle, 'settings'>, net: Internet = internet): WebClient {
  const open: WebClient['open'] = async (request) => {
    const target = readTarget(request.url, await settings.get<Rules>());
    if (!target) return refused('badAddress');
    const limit = timeLimit(request);
    try {
      const addresses = await findAddresses(target, { net, signal: limit.signal });
      if (addresses.length === 0) return limit.over(refused('unreachable'));
      const response = await ask(target, { request, addresses, ca: net.ca, signal: limit.signal });
      const hasBody = request.method !== 'HEAD' && response.statusCode !== 204 && response.statusCode !== 304;
      const maxBytes = request.maxBytes ?? SIZE;
      const body = limitedBody(response, { host: target.host, maxBytes, hasBody });
      body.once('close', limit.over);
      return ok(answerOf(response, body));
    } catch {
      // Whatever the reason: a stranger learns nothing of our network.
      return limit.over(refused('unreachable'));
    }
  };

  return {
    open,
    async get(request) {
      const answer = await open(request);
      if (!answer.ok) return answer;
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of answer.value.body) chunks.push(chunk as Buffer);
        return ok({ ...answer.value, body: Buffer.concat(chunks) });
      } catch (error) {
        return refused(error instanceof errors.WEB_CLIENT_ERR_TOO_LARGE ? 'tooLarge' : 'unreachable');
      }
    },
  };
}

/** One limit for names, connection, headers and body together. */
function timeLimit({ timeLimit = TIME, signal }: WebRequest) {
  const controller = new AbortController();
  const end = () => controller.abort();
  const timer = setTimeout(end, timeLimit);
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  return {
    signal: controller.signal,
    over<Value>(value: Value): Value {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      return value;
    },
  };
}

function answerOf({ statusCode, headers }: IncomingMessage, body: Readable): WebAnswer<Readable> {
  const texts = Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]);
  return { status: statusCode ?? 0, headers: Object.fromEntries(texts), body };
}

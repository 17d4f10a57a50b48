import type { IncomingMessage } from 'node:http';
import { PassThrough, pipeline, type Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { errors } from '../errors.ts';

const RATIO = 200; // text shrinks to a twentieth, a bomb to a thousandth
const RATIO_FROM = 1024 * 1024; // bytes; below, a high ratio hurts nobody

const DECODERS: Readonly<Record<string, () => Transform>> = {
  '': () => new PassThrough(),
  identity: () => new PassThrough(),
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The body, unpacked; it ends in WEB_CLIENT_ERR_TOO_LARGE when it grows past its limit, or out of all proportion.
 *
 * @throws WEB_CLIENT_ERR_BROKEN_OFF for an encoding that was not asked for
 */
export function limitedBody(
  response: IncomingMessage,
  { host, maxBytes, hasBody }: { host: string; maxBytes: number; hasBody: boolean },
): Readable {
  const encoding = hasBody ? (response.headers['content-encoding'] ?? '').trim().toLowerCase() : '';
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding]!() : undefined;
  if (!decoder) {
    response.destroy();
    throw new errors.WEB_CLIENT_ERR_BROKEN_OFF(host);
  }
  let packed = 0;
  let unpacked = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, next) {
      packed += chunk.length;
      next(null, chunk);
    },
  });
  const check = new Transform({
    transform(chunk: Buffer, _, next) {
      unpacked += chunk.length;
      const isTooLarge = unpacked > maxBytes || (unpacked > RATIO_FROM && unpacked > packed * RATIO);
      if (isTooLarge) next(new errors.WEB_CLIENT_ERR_TOO_LARGE(host, maxBytes));
      else next(null, chunk);
    },
  });
  const body = new PassThrough();
  // Whoever reads it sees the error; one that nobody reads must not end the process.
  body.on('error', () => undefined);
  body.once('close', () => response.destroy());
  pipeline(response, count, decoder, check, (cause) => {
    if (!cause) return;
    const isOurs = cause instanceof errors.WEB_CLIENT_ERR_TOO_LARGE;
    body.destroy(isOurs ? cause : new errors.WEB_CLIENT_ERR_BROKEN_OFF(host, { cause }));
  });
  return check.pipe(body);
}

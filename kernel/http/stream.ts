import { Transform, type TransformCallback } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { httpErrors } from './errors.ts';

/** The body as it comes, which ends in an error past the route's limit. */
export function streamOf({ raw, routeOptions: { bodyLimit } }: FastifyRequest): Transform {
  let bytes = 0;
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      bytes += chunk.length;
      if (bytes > bodyLimit) done(new httpErrors.KERNEL_ERR_BODY_TOO_LARGE(bodyLimit));
      else done(null, chunk);
    },
  });
  raw.on('error', (error) => limited.destroy(error));
  raw.on('aborted', () => limited.destroy(new Error('The client went away in the middle of the body')));
  return raw.pipe(limited);
}

import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import { errors } from '../../errors.ts';
import type { MediaSettings } from '../settings.ts';
import type { Storage } from './index.ts';

const TIME = 60_000; // ms until an answer begins; large files take their time after that

/**
 * Contents in a bucket of any service that speaks S3, addressed by path.
 *
 * @throws MEDIA_ERR_STORAGE_SETTINGS naming what is missing
 */
export function createS3Storage(settings: MediaSettings): Storage {
  const { s3Endpoint, s3Bucket, s3Prefix, s3Region, s3AccessKeyId, s3SecretAccessKey = '' } = settings;
  const needed = { s3Endpoint, s3Bucket, s3AccessKeyId, s3SecretAccessKey };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === '' ? [name] : []));
  if (missing.length > 0) throw new errors.MEDIA_ERR_STORAGE_SETTINGS(missing.join(', '));
  const client = new AwsClient({
    accessKeyId: s3AccessKeyId,
    secretAccessKey: s3SecretAccessKey,
    region: s3Region,
    service: 's3',
    retries: 2,
    initRetryMs: 100,
  });
  const bucket = `${s3Endpoint.replace(/\/+$/, '')}/${s3Bucket}`;
  const addressOf = (name: string) => `${bucket}/${s3Prefix}${name}`;

  async function call(address: string, init: RequestInit = {}, known: readonly number[] = []) {
    const begun = new AbortController();
    const timer = setTimeout(() => begun.abort(), TIME);
    const answer = await client
      .fetch(address, { ...init, signal: begun.signal })
      .finally(() => clearTimeout(timer));
    if (answer.ok || known.includes(answer.status)) return answer;
    await answer.body?.cancel();
    const { method = 'GET' } = init;
    throw new errors.MEDIA_ERR_STORAGE(s3Bucket, answer.status, method, new URL(address).pathname);
  }

  return {
    async put(name, content, contentType) {
      const isBuffer = Buffer.isBuffer(content);
      const body = isBuffer ? new Blob([new Uint8Array(content)]) : await openAsBlob(content.path);
      const hash = isBuffer ? createHash('sha256').update(content).digest('hex') : 'UNSIGNED-PAYLOAD';
      const headers = { 'content-type': contentType, 'x-amz-content-sha256': hash };
      const answer = await call(addressOf(name), { method: 'PUT', body, headers });
      await answer.body?.cancel();
    },

    async get(name, range) {
      const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {};
      const answer = await call(addressOf(name), { headers }, [404]);
      if (answer.status === 404 || !answer.body) {
        await answer.body?.cancel();
        return undefined;
      }
      const body = Readable.fromWeb(answer.body as ReadableStream);
      return { body, bytes: Number(answer.headers.get('content-length')) };
    },

    async removeAll(prefix) {
      for (const name of await namesUnder(prefix)) {
        const answer = await call(`${bucket}/${name}`, { method: 'DELETE' }, [404]);
        await answer.body?.cancel();
      }
    },
  };

  /** A file has fewer sizes than the thousand names that one answer holds. */
  async function namesUnder(prefix: string): Promise<string[]> {
    const query = new URLSearchParams({ 'list-type': '2', prefix: `${s3Prefix}${prefix}/` });
    const text = await (await call(`${bucket}?${query}`)).text();
    return [...text.matchAll(/<Key>([\w./-]+)<\/Key>/g)].map(([, name]) => name!);
  }
}

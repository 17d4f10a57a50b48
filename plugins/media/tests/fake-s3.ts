import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export const ACCESS = { region: 'eu-west-9', keyId: 'AKIDTEST', secret: 'a very secret key' };
const BUCKET = '/files/';

type Fault = 'down' | 'slow down';

/** A service that speaks S3 on loopback: one bucket, and every request must be signed by the one key it knows. */
export async function startFakeS3(t: { teardown(work: () => Promise<void>): void }) {
  const objects = new Map<string, { content: Buffer; contentType: string }>();
  const asked: string[] = [];
  const faults: Fault[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request;
    const url = new URL(request.url ?? '', 'http://bucket');
    const body = await buffer(request);
    asked.push(`${method} ${url.pathname}`);
    const fault = faults.shift();
    if (fault) return void response.writeHead(fault === 'down' ? 500 : 503).end();
    if (!isSigned(request, url, body))
      return void response.writeHead(403).end('<Code>SignatureDoesNotMatch</Code>');
    if (url.searchParams.get('list-type') === '2')
      return void response.end(listing(url.searchParams.get('prefix')!));
    if (!url.pathname.startsWith(BUCKET))
      return void response.writeHead(404).end('<Code>NoSuchBucket</Code>');
    const name = url.pathname.slice(BUCKET.length);
    if (method === 'PUT') {
      objects.set(name, { content: body, contentType: headers['content-type'] ?? '' });
      return void response.writeHead(200).end();
    }
    if (method === 'DELETE') {
      objects.delete(name);
      return void response.writeHead(204).end();
    }
    const found = objects.get(name);
    if (!found) return void response.writeHead(404).end('<Code>NoSuchKey</Code>');
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
    const part = from ? found.content.subarray(Number(from), Number(to) + 1) : found.content;
    response.writeHead(from ? 206 : 200, {
      'content-length': part.length,
      'content-type': found.contentType,
    });
    response.end(part);
  }

  function listing(prefix: string): string {
    const names = [...objects.keys()].filter((name) => name.startsWith(prefix));
    const keys = names.map((name) => `<Contents><Key>${name}</Key></Contents>`).join('');
    return `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${keys}</ListBucketResult>`;
  }

  const { port } = server.address() as AddressInfo;
  return { objects, asked, faults, endpoint: `http://127.0.0.1:${port}` };
}

/** Signature version 4, worked out anew from what came. */
function isSigned({ method, headers }: IncomingMessage, url: URL, body: Buffer): boolean {
  const [, credential, names = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const time = String(headers['x-amz-date']);
  const scope = `${time.slice(0, 8)}/${ACCESS.region}/s3/aws4_request`;
  if (credential !== `${ACCESS.keyId}/${scope}`) return false;
  const hash = String(headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD');
  if (hash !== 'UNSIGNED-PAYLOAD' && hash !== sha256(body)) return false;
  const query = [...url.searchParams]
    .map(([name, value]) => `${coded(name)}=${coded(value)}`)
    .sort()
    .join('&');
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, url.pathname, query, lines.join(''), names, hash].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(Buffer.from(canonical))].join('\n');
  const key = [time.slice(0, 8), ACCESS.region, 's3', 'aws4_request'].reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${ACCESS.secret}`),
  );
  return timingSafeEqual(Buffer.from(signature, 'hex'), hmac(key, toSign));
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const coded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

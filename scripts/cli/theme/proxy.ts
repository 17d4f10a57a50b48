import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';

/** A server on this machine that shows a store in the theme that is worked on, and reloads the page by itself. */
export type Proxy = { readonly address: string; reload(what: string): void; close(): void };

const RELOAD = '/__kontor/reload';
const SCRIPT = `new EventSource('${RELOAD}').onmessage = () => location.reload();`;
const TAG = `<script src="${RELOAD}.js"></script>`;
/** Belong to one connection, or are made anew. */
const OWN = [
  'connection',
  'content-length',
  'transfer-encoding',
  'content-encoding',
  'strict-transport-security',
];

/**
 * Passes every request on to the store. HTML gets a script of this server, so that the page's policy lets it run.
 *
 * @param store - where the store answers, over http
 * @param cookie - what shows the theme
 */
export async function startProxy({
  store,
  cookie,
  port,
}: {
  store: URL;
  cookie: string;
  port: number;
}): Promise<Proxy> {
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (request.url === RELOAD) listen(response);
    else if (request.url === `${RELOAD}.js`)
      response.setHeader('content-type', 'text/javascript').end(SCRIPT);
    else pass(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const { port: chosen } = server.address() as { port: number };
  const address = `http://127.0.0.1:${chosen}`;

  function listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': here\n\n');
    open.add(response);
    response.on('close', () => open.delete(response));
  }

  function pass(request: IncomingMessage, response: ServerResponse): void {
    const { cookie: own, origin, ...others } = request.headers;
    const headers = {
      ...others,
      host: store.host,
      'accept-encoding': 'identity', // the answer is written into
      cookie: [own, cookie].filter(Boolean).join('; '),
      ...(origin && { origin: origin === address ? store.origin : origin }),
    };
    // Names under localhost are this machine, whether or not its resolver knows them.
    const isLocal = /(?:^|\.)localhost$/.test(store.hostname);
    const to = ask(
      {
        host: isLocal ? '127.0.0.1' : store.hostname,
        port: store.port || 80,
        ...{ method: request.method, path: request.url, headers },
      },
      (answer) => void give(answer, response),
    );
    to.on('error', (reason) => response.writeHead(502).end(`The store does not answer: ${reason.message}`));
    request.pipe(to);
  }

  async function give(answer: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined && !OWN.includes(name)) response.setHeader(name, value);
    }
    const { location } = answer.headers;
    if (location?.startsWith(store.origin))
      response.setHeader('location', location.slice(store.origin.length) || '/');
    response.statusCode = answer.statusCode ?? 502;
    if (!String(answer.headers['content-type']).startsWith('text/html')) {
      answer.pipe(response);
      return;
    }
    response.setHeader('cache-control', 'no-store');
    response.removeHeader('etag');
    const pieces: Buffer[] = [];
    for await (const piece of answer) pieces.push(piece as Buffer);
    const html = Buffer.concat(pieces).toString();
    const at = html.lastIndexOf('</body>');
    response.end(at === -1 ? html + TAG : html.slice(0, at) + TAG + html.slice(at));
  }

  return {
    address,
    reload(what) {
      for (const response of open) response.write(`data: ${JSON.stringify(what)}\n\n`);
    },
    close() {
      for (const response of open) response.end();
      server.close();
      server.closeAllConnections();
    },
  };
}

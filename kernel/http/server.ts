import { createServer as createNodeServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Config } from '../parts.ts';
import { problemBody } from './problem.ts';

const MINUTE = 60_000;

/**
 * Our own server in front of whatever Fastify instance is current. Limits of Node that matter are set here: time, size
 * of headers, requests of one socket.
 */
export function createServer(
  { config }: { config: Config },
  route: (request: IncomingMessage, response: ServerResponse) => void,
) {
  const { requestTimeout, host, port } = config.http;
  const answering = new WeakMap<Socket, ServerResponse>();
  const server = createNodeServer(
    {
      requestTimeout,
      headersTimeout: Math.min(requestTimeout, MINUTE),
      keepAliveTimeout: 72_000, // ms; longer than the 60 s of common proxies, so that they close first
      maxHeaderSize: 16_384,
      connectionsCheckingInterval: Math.min(requestTimeout, 10_000),
    },
    (request, response) => {
      answering.set(request.socket, response);
      route(request, response);
    },
  );
  server.maxRequestsPerSocket = 10_000;
  // A socket on which nothing moves for so long: a handler that hangs, or a client that is gone.
  server.timeout = requestTimeout;
  server.on('timeout', (socket) => giveUp(socket, answering.get(socket)));
  server.on('clientError', (error, socket) => refuse(error as NodeJS.ErrnoException, socket as Socket));

  return {
    async listen(): Promise<{ address: string }> {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port }, () => {
          server.off('error', reject);
          resolve();
        });
      });
      const bound = server.address();
      if (typeof bound === 'string' || bound === null) return { address: String(bound) };
      const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
      return { address: `http://${name}:${bound.port}` };
    },
    /** Lets running requests end, for as long as a request may take. */
    async close(): Promise<void> {
      if (!server.listening) return;
      const late = setTimeout(() => server.closeAllConnections(), requestTimeout);
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      clearTimeout(late);
    },
  };
}

function giveUp(socket: Socket, response: ServerResponse | undefined): void {
  if (response && !response.headersSent && !response.writableEnded) {
    const detail = 'This took longer than a request may take; try again';
    const body = problemBody({ status: 503, code: 'KERNEL_ERR_TIMEOUT', detail }, '');
    response.writeHead(503, {
      'content-type': 'application/problem+json',
      connection: 'close',
      'retry-after': '5',
    });
    response.end(body, () => socket.destroy());
  } else {
    socket.destroy();
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return;
  socket.end(
    `HTTP/1.1 ${UNREADABLE[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

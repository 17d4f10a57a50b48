import { once } from 'node:events';
import { createServer as createNodeServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Config } from '../parts.ts';
import { problemAnswer } from './problem.ts';

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
  const server = createNodeServer(
    {
      requestTimeout,
      headersTimeout: Math.min(requestTimeout, MINUTE),
      keepAliveTimeout: 72_000, // ms; longer than the 60 s of common proxies, so that they close first
      maxHeaderSize: 16_384,
      connectionsCheckingInterval: Math.min(requestTimeout, 10_000),
    },
    (request, response) => {
      response.on('timeout', giveUp);
      route(request, response);
    },
  );
  server.maxRequestsPerSocket = 10_000;
  // A socket on which nothing moves for so long: a handler that hangs, or a client that is gone.
  server.timeout = requestTimeout;
  server.on('clientError', refuse);

  return {
    async listen(): Promise<{ address: string }> {
      await once(server.listen({ host, port }), 'listening');
      const bound = server.address() as AddressInfo;
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

function giveUp(this: ServerResponse, socket: Socket): void {
  if (this.headersSent || this.writableEnded) {
    socket.destroy();
    return;
  }
  const detail = 'This took longer than a request may take; try again';
  const details = { retryAfter: 5 };
  const { headers, body } = problemAnswer({ status: 503, code: 'KERNEL_ERR_TIMEOUT', detail, details }, '');
  this.writeHead(503, { ...headers, connection: 'close' });
  this.end(body, () => socket.destroy());
}

const UNREADABLE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

function refuse(error: NodeJS.ErrnoException, socket: NodeJS.WritableStream): void {
  if (!socket.writable) return;
  const status = UNREADABLE[error.code ?? ''] ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

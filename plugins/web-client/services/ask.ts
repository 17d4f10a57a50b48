import type { WebRequest } from 'kontor/sdk';
import { type IncomingMessage, request as askPlainly, type RequestOptions } from 'node:http';
import { request as askSecurely } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Target } from './read-target.ts';

/**
 * Sends a request to addresses that were judged, and to no other: the name is not looked up again. The certificate is
 * checked against the name all the same.
 */
export function ask(
  target: Target,
  how: { request: WebRequest; addresses: readonly string[]; ca: string | undefined; signal: AbortSignal },
): Promise<IncomingMessage> {
  const { request, addresses, ca, signal } = how;
  const { isSecure, host, port, path } = target;
  const options: RequestOptions = {
    host,
    port,
    path,
    signal,
    method: request.method ?? 'GET',
    headers: headersOf(request, target),
    lookup: only(addresses),
    agent: false, // a connection of its own, closed with the answer
  };
  const names = { ...(ca ? { ca } : {}), ...(isIP(host) ? {} : { servername: host }) };
  return new Promise((resolve, reject) => {
    const sent = isSecure ? askSecurely({ ...options, ...names }, resolve) : askPlainly(options, resolve);
    sent.on('error', reject).end(request.body);
  });
}

function headersOf({ headers = {} }: WebRequest, { hostHeader }: Target): Record<string, string> {
  const wanted = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    'user-agent': 'Kontor',
    accept: '*/*',
    ...Object.fromEntries(wanted),
    host: hostHeader,
    'accept-encoding': 'gzip, br',
    connection: 'close',
  };
}

/** Answers what was found before, so that nobody can lead the connection elsewhere in between. */
function only(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all: wantsAll }, answer) => {
    if (wantsAll) answer(null, all);
    else answer(null, all[0]!.address, all[0]!.family);
  };
}

import { lookup as lookUpByDns } from 'node:dns/promises';
import { request } from 'node:http';
import { isPublicAddress } from './public-address.ts';

const TIME = 5000; // ms, for all of it
const SIZE = 1024; // bytes; a proof has 22

/** Gets the body of `http://{host}{path}`, or undefined, whatever the reason: a stranger learns nothing of our network. */
export type FetchProof = (host: string, path: string) => Promise<string | undefined>;

/**
 * Asks a host that a merchant named. Refuses addresses that are not of the open internet, connects to the address that was
 * judged and no other, follows no redirect, and takes 5 s and 1 kB at most.
 */
export const fetchProof: FetchProof = createFetchProof({
  lookUp: (host) => lookUpByDns(host, { all: true }),
  isAllowed: isPublicAddress,
  port: 80,
});

export function createFetchProof(input: {
  lookUp: (host: string) => Promise<{ address: string; family: number }[]>;
  isAllowed: (address: string) => boolean;
  port: number;
}): FetchProof {
  return async (host, path) => {
    const signal = AbortSignal.timeout(TIME);
    const addresses = await Promise.race([input.lookUp(host), aborted(signal)]).catch(() => []);
    // One address of ours among the public ones is enough to refuse: the next connection might take it.
    if (addresses.length === 0 || !addresses.every(({ address }) => input.isAllowed(address)))
      return undefined;
    return get({ host, path, address: addresses[0]!.address, port: input.port, signal }).catch(
      () => undefined,
    );
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
}

async function get(input: {
  host: string;
  path: string;
  address: string;
  port: number;
  signal: AbortSignal;
}): Promise<string | undefined> {
  const { host, path, address, port, signal } = input;
  const headers = { host, accept: 'text/plain', 'user-agent': 'kontor-domain-proof' };
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    request({ host: address, port, path, headers, signal, agent: false }, resolve).on('error', reject).end();
  });
  if (response.statusCode !== 200) {
    response.destroy();
    return undefined;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > SIZE) return undefined; // leaving the loop ends the connection
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

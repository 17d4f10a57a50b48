import type { WebClient } from 'kontor/sdk';

const TIME = 5000; // ms, for all of it
const SIZE = 1024; // bytes; a proof has 22

/** Gets the body of `http://{host}{path}`, or undefined, whatever the reason: a stranger learns nothing of our network. */
export type FetchProof = (host: string, path: string) => Promise<string | undefined>;

/** Asks a host that a merchant named; 5 s and 1 kB at most. A page that moved is none. */
export function createFetchProof({ webClient }: { webClient: WebClient }): FetchProof {
  return async (host, path) => {
    const headers = { accept: 'text/plain', 'user-agent': 'kontor-domain-proof' };
    const url = `http://${host}${path}`;
    const answer = await webClient.get({ url, headers, timeLimit: TIME, maxBytes: SIZE });
    return answer.ok && answer.value.status === 200 ? answer.value.body.toString('utf8') : undefined;
  };
}

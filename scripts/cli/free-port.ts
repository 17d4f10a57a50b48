import { createServer } from 'node:net';
import { CommandError } from './command.ts';

/**
 * The port, proven to be free; a free one for 0.
 *
 * @throws CommandError when it is taken, or not ours to take, with what to do
 */
export async function freePort({ host, port }: { host: string; port: number }): Promise<number> {
  const server = createServer();
  try {
    return await new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, () => resolve((server.address() as { port: number }).port));
    });
  } catch (error) {
    throw new CommandError(sentence({ host, port, code: (error as NodeJS.ErrnoException).code ?? '' }), {
      cause: error,
    });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function sentence({ host, port, code }: { host: string; port: number; code: string }): string {
  const other = `choose another by PORT, e.g. PORT=${port < 1024 ? 3000 : port + 1} npm start`;
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is taken by another program: end it, or ${other}`;
  if (code === 'EACCES') return `Port ${port} may not be taken by this user: ${other}`;
  return `Nothing can listen on ${host}:${port} (${code}): set HOST to an address of this machine, or ${other}`;
}

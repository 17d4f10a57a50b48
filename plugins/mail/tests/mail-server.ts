import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** What the server does with the next mail instead of taking it. */
export type Fault =
  | { at: 'greeting' | 'sender' | 'recipient' | 'data'; code: number }
  /** Takes the whole text, then breaks the connection instead of answering. */
  | { at: 'after-data' }
  /** Takes the whole text, and never answers. */
  | { at: 'silence' };

/** A real mail server on loopback that can be told to fail. */
export async function startMailServer(
  t: { teardown(work: () => Promise<void>): void },
  options: SMTPServerOptions = {},
) {
  const mails: ParsedMail[] = [];
  const faults: Fault[] = [];
  const next = (...places: Fault['at'][]) =>
    places.includes(faults[0]?.at as Fault['at']) ? faults.shift() : undefined;
  const refusal = (fault: Fault | undefined) =>
    fault && 'code' in fault
      ? Object.assign(new Error('as the test wants it'), { responseCode: fault.code })
      : undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect: (_, done) => done(refusal(next('greeting'))),
    onMailFrom: (_, __, done) => done(refusal(next('sender'))),
    onRcptTo: (_, __, done) => done(refusal(next('recipient'))),
    onData(stream, _, done) {
      void simpleParser(stream as Readable).then((mail) => {
        const fault = next('data', 'after-data', 'silence');
        if (fault?.at === 'silence') return;
        if (fault?.at === 'after-data') return breakConnections();
        const refused = refusal(fault);
        if (!refused) mails.push(mail);
        done(refused);
      });
    },
    ...options,
  });
  // Nobody of ours speaks to it after the connection broke.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(async () => {
    breakConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  function breakConnections(): void {
    for (const connection of server.connections as Set<unknown>)
      (connection as { _socket: { destroy(): void } })._socket.destroy();
  }

  return { mails, faults, port: (server.server.address() as AddressInfo).port };
}

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cradle, Id } from 'kontor/sdk';
import { mimeOf } from './mime.ts';
import type { Message } from './transport.ts';

const KEPT = 500; // mails; older ones make room
const NAME = /^\d{17}-[\w-]{1,40}$/;

type Needs = Pick<Cradle, 'platform'>;

/** A mail of the outbox, as its page shows it. */
export type OutboxMail = {
  readonly name: string;
  readonly at: string;
  readonly from: Message['from'];
  readonly to: Message['to'];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly string[];
  readonly storeId: Id | null;
};

/** Keeps a mail on this machine's disk, as .eml for mail programs and as .json for the page. */
export async function putIntoOutbox(message: Message, services: Needs): Promise<void> {
  const folder = await outboxFolder(services);
  const { date, messageId, from, to, subject, html, text, attachments, storeId } = message;
  // Named by time, so that the order of names is the order of mails; the rest is the same when it is sent again.
  const mark =
    messageId
      .replace(/^<([^@]*)@.*$/, '$1')
      .replace(/[^\w-]/g, '')
      .slice(0, 40) || 'mail';
  const name = `${date.toISOString().replace(/\D/g, '')}-${mark}`;
  const shown: OutboxMail = {
    ...{ name, at: date.toISOString(), from, to, subject, html, text },
    attachments: attachments.map(({ filename }) => filename),
    storeId: storeId ?? null,
  };
  await writeFile(join(folder, `${name}.eml`), await mimeOf(message), { mode: 0o600 });
  await writeFile(join(folder, `${name}.json`), JSON.stringify(shown), { mode: 0o600 });
  await makeRoom(folder);
}

/** Newest first. */
export async function listOutbox(limit: number, services: Needs): Promise<OutboxMail[]> {
  const folder = await outboxFolder(services);
  const names = (await mailNames(folder)).reverse().slice(0, limit);
  const mails = await Promise.all(names.map((name) => findInOutbox(name, services)));
  return mails.filter((mail) => mail !== undefined);
}

export async function findInOutbox(name: string, services: Needs): Promise<OutboxMail | undefined> {
  const text = await read(name, 'json', services);
  return text && (JSON.parse(text.toString('utf8')) as OutboxMail);
}

export const emlInOutbox = (name: string, services: Needs): Promise<Buffer | undefined> =>
  read(name, 'eml', services);

async function read(name: string, kind: 'json' | 'eml', services: Needs): Promise<Buffer | undefined> {
  if (!NAME.test(name)) return undefined;
  return readFile(join(await outboxFolder(services), `${name}.${kind}`)).catch(() => undefined);
}

async function outboxFolder({ platform }: Needs): Promise<string> {
  const folder = join(await platform.folder(), 'outbox');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

async function mailNames(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  return names.map((file) => file.slice(0, -'.json'.length)).sort();
}

async function makeRoom(folder: string): Promise<void> {
  for (const name of (await mailNames(folder)).slice(0, -KEPT)) {
    await rm(join(folder, `${name}.json`), { force: true });
    await rm(join(folder, `${name}.eml`), { force: true });
  }
}

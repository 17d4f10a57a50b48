import { AsyncResource } from 'node:async_hooks';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { type MediaFile, ok, refused, type RouteRequest, type Result } from 'kontor/sdk';
import type { AddRefusal, NewFile } from '../actions/add-file.ts';

const FILES = 50; // of one form

/** What became of the files of a form. */
export type Taken = {
  readonly items: readonly MediaFile[];
  readonly refused: readonly { readonly name: string; readonly code: string; readonly details: object }[];
};
type Add = (file: NewFile) => Promise<Result<MediaFile, AddRefusal>>;

/**
 * Reads a form with files, one after the other as they come. A field `folder` counts for the files behind it.
 *
 * @returns `brokenForm` when it is none; a file that is not taken in is named, and does not stop the others
 */
export async function readForm(
  { headers, stream, folder }: Pick<RouteRequest, 'headers' | 'stream'> & { folder: string | undefined },
  add: Add,
): Promise<Result<Taken, 'brokenForm'>> {
  const form = openForm(headers);
  if (!form) return refused('brokenForm');
  const answers: Promise<{ name: string; answer: Result<MediaFile, AddRefusal> }>[] = [];
  const contents: Readable[] = [];
  let into = folder;
  form.on('field', (field: string, value: string) => {
    if (field === 'folder') into = value.slice(0, 200);
  });
  // The form calls from where the body comes in, which is in no store.
  const take = AsyncResource.bind((_field: string, content: Readable, name = 'file') => {
    contents.push(content);
    const taken = add({ content, name, ...(into === undefined ? {} : { folder: into }) });
    // What is not wanted is read past, or the next file would never come.
    const answer = taken.finally(() => content.resume()).then((answer) => ({ name, answer }));
    answer.catch(() => undefined); // seen below, when the form is through
    answers.push(answer);
  });
  form.on('file', take);
  try {
    stream.on('error', (error) => form.destroy(error));
    await finished(stream.pipe(form));
  } catch (error) {
    // A file that was on its way will not come to its end.
    for (const content of contents) content.destroy(error as Error);
    await Promise.allSettled(answers);
    if ((error as { code?: string }).code?.startsWith('KERNEL_')) throw error;
    return refused('brokenForm');
  }
  return ok(sorted(await Promise.all(answers)));
}

function openForm(headers: RouteRequest['headers']) {
  try {
    const limits = { files: FILES, fields: 20, fieldSize: 10_000, headerPairs: 50 };
    return new Busboy({ headers: headers as { 'content-type': string }, limits });
  } catch {
    return undefined;
  }
}

function sorted(answers: readonly { name: string; answer: Result<MediaFile, AddRefusal> }[]): Taken {
  return {
    items: answers.flatMap(({ answer }) => (answer.ok ? [answer.value] : [])),
    refused: answers.flatMap(({ name, answer }) =>
      answer.ok ? [] : [{ name, code: answer.refusal, details: answer.details }],
    ),
  };
}

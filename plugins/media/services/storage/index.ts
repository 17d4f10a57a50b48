import type { Readable } from 'node:stream';
import type { Cradle } from 'kontor/sdk';
import type { MediaSettings } from '../settings.ts';
import { createDiskStorage } from './disk.ts';
import { createS3Storage } from './s3.ts';

/** Where contents are kept. Names are `{store id}/{key}/{file}`, made by us. */
export type Storage = {
  put(name: string, content: Content, contentType: string): Promise<void>;
  /** @param range - from and to and including; @returns undefined when there is no such content */
  get(name: string, range?: Range): Promise<Stored | undefined>;
  /** Removes all whose names begin so. */
  removeAll(prefix: string): Promise<void>;
};

/** Bytes, or a file on this machine's disk that may be taken away. */
export type Content = Buffer | { readonly path: string };
export type Range = { readonly start: number; readonly end: number };
/** `bytes` of what is given: of the range when one was asked for. */
export type Stored = { readonly body: Readable; readonly bytes: number };

/** The storage that the platform's settings name now. */
export function storageOf(settings: MediaSettings, { platform }: Pick<Cradle, 'platform'>): Storage {
  return settings.storage === 's3' ? createS3Storage(settings) : createDiskStorage({ platform });
}

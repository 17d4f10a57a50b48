import { buffer } from 'node:stream/consumers';
import type { Cradle } from 'kontor/sdk';
import { errors } from '../errors.ts';
import type { FileRow } from '../models/file.ts';
import { TYPES } from './judge-type.ts';
import { openPicture } from './sharp.ts';
import type { Storage } from './storage/index.ts';
import type { Turns } from './turns.ts';

export type Format = 'webp' | 'avif' | 'jpeg' | 'png' | 'gif';
/** A picture in another size or format. */
export type Wish = { readonly width: number; readonly format: Format };
export type Made = { readonly content: Buffer; readonly contentType: string };

const AVIF_WIDTH = 1600; // pixels; a larger one takes seconds

export const originalName = (storeId: number, key: string): string => `${storeId}/${key}/original`;
const nameOf = (storeId: number, key: string, { width, format }: Wish): string =>
  `${storeId}/${key}/w${width}.${format}`;

/** Pictures in other sizes: each made once, however many ask for it at the same moment, and kept beside the file. */
export function createRenditions({ turns, stores }: { turns: Turns } & Pick<Cradle, 'stores'>) {
  const underWay = new Map<string, Promise<Made | undefined>>();

  /** @returns undefined when too many wait already */
  return function rendition(file: FileRow, wish: Wish, storage: Storage): Promise<Made | undefined> {
    const name = nameOf(stores.current().id, file.key, wish);
    const found =
      underWay.get(name) ?? findOrMake(file, wish, { name, storage }).finally(() => underWay.delete(name));
    underWay.set(name, found);
    return found;
  };

  async function findOrMake(
    file: FileRow,
    wish: Wish,
    { name, storage }: { name: string; storage: Storage },
  ): Promise<Made | undefined> {
    const { contentType } = TYPES[wish.format];
    const kept = await storage.get(name);
    if (kept) return { content: await buffer(kept.body), contentType };
    if (turns.isFull()) return undefined;
    return turns.take(async () => {
      const content = await make(file, wish, await original(file, storage));
      await storage.put(name, content, contentType);
      return { content, contentType };
    });
  }

  async function original({ id, key }: FileRow, storage: Storage): Promise<Buffer> {
    const stored = await storage.get(originalName(stores.current().id, key));
    if (!stored) throw new errors.MEDIA_ERR_CONTENT_MISSING(id);
    return buffer(stored.body);
  }
}

/** The format that can be made of a file: AVIF stands still, and what is transparent or moves is no JPEG. */
export function formatFor(file: FileRow, wanted: Format, width: number): Format {
  if (wanted === 'avif' && (file.frames > 1 || width > AVIF_WIDTH)) return 'webp';
  return wanted;
}

function make({ frames }: FileRow, { width, format }: Wish, content: Buffer): Promise<Buffer> {
  const moves = frames > 1 && (format === 'webp' || format === 'gif');
  const picture = openPicture(content, { animated: moves }).resize({ width, withoutEnlargement: true });
  // Between how small and how soon: a visitor waits for the first of each.
  const encoded = {
    webp: () => picture.webp({ quality: 78, effort: 3 }),
    avif: () => picture.avif({ quality: 50, effort: 2 }),
    jpeg: () => picture.flatten({ background: '#ffffff' }).jpeg({ quality: 80, mozjpeg: true }),
    png: () => picture.png({ compressionLevel: 9 }),
    gif: () => picture.gif(),
  }[format]();
  return encoded.toBuffer();
}

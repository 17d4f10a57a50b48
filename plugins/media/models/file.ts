import type { Id, MediaFile } from 'kontor/sdk';

/** A row of `media.files`. */
export type FileRow = {
  readonly id: Id;
  /** Names the file in addresses and in the storage; cannot be guessed. */
  readonly key: string;
  readonly kind: MediaFile['kind'];
  readonly name: string;
  readonly folder: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  /** More than one for what moves. */
  readonly frames: number;
  readonly focalX: number;
  readonly focalY: number;
  readonly alt: Readonly<Record<string, string>>;
  readonly version: number;
  readonly createdAt: Date;
};

export const COLUMNS = `id, key, kind, name, folder, content_type as "contentType", bytes, width, height, frames,
  focal_x as "focalX", focal_y as "focalY", alt, version, created_at as "createdAt"`;

/** A file as others see it. */
export function shown(row: FileRow): MediaFile {
  const { key, frames: _, focalX: x, focalY: y, ...file } = row;
  return { ...file, focalPoint: { x, y }, path: pathOf(key, row.name) };
}

/** The name is for people and search engines; the key alone counts. */
export const pathOf = (key: string, name: string): string => `/media/${key}/${slugOf(name)}`;

/** The key in a path of ours. */
export const keyIn = (path: string): string | undefined => /^\/media\/([\w-]{22})(?:\/|$)/.exec(path)?.[1];

function slugOf(name: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const plain = stem
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${slug || 'file'}${ending.toLowerCase().replace(/[^.a-z0-9]/g, '')}`;
}

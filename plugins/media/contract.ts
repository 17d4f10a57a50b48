import type { Readable } from 'node:stream';
import type { Id, Result } from 'kontor/sdk';

declare module 'kontor/sdk' {
  /** A picture or another file of a store. */
  interface MediaFile {
    readonly id: Id;
    readonly kind: 'image' | 'video' | 'document';
    readonly name: string;
    readonly folder: string;
    readonly contentType: string;
    readonly bytes: number;
    /** Pixels; null for what is no picture. */
    readonly width: number | null;
    readonly height: number | null;
    /** Where a crop looks first, 0 to 1 from the left and from the top. */
    readonly focalPoint: { readonly x: number; readonly y: number };
    /** By language. */
    readonly alt: Readonly<Record<string, string>>;
    /** Path on the store's own host: `/media/{key}/{name}`; for a picture, `?width=` and `?format=` give another size. */
    readonly path: string;
    readonly createdAt: Date;
  }

  /** What other rows keep of a picture, so that showing it costs no query. */
  interface Picture {
    readonly mediaId: Id;
    readonly path: string;
    readonly width: number;
    readonly height: number;
    readonly alt: Readonly<Record<string, string>>;
    readonly focalPoint: { readonly x: number; readonly y: number };
  }

  /** Says where a plugin shows a file; asked before one is removed. */
  interface MediaUsage {
    usedIn(mediaIds: readonly Id[]): Promise<readonly { mediaId: Id; kind: string; id: Id; title: string }[]>;
  }

  interface Media {
    /**
     * Takes a file in: its type is judged by content, pictures are made anew without EXIF, SVG is sanitised.
     *
     * @param checksumKey - a file of the same bytes in the same store is kept once; its entry is given
     */
    add(input: {
      content: Buffer | Readable;
      name: string;
      folder?: string;
      alt?: Readonly<Record<string, string>>;
    }): Promise<Result<MediaFile, 'unsupportedType' | 'tooLarge' | 'brokenFile'>>;
    /** By the guarded client. */
    addFromUrl(input: {
      url: string;
      folder?: string;
      alt?: Readonly<Record<string, string>>;
    }): Promise<
      Result<MediaFile, 'unsupportedType' | 'tooLarge' | 'brokenFile' | 'badAddress' | 'unreachable'>
    >;
    /** In the order of the ids; one not found is left out. One query. */
    pictures(ids: readonly Id[]): Promise<Picture[]>;
    /** Ids of this store's own files by their `path`; what is not found is left out. One query. */
    byPaths(paths: readonly string[]): Promise<ReadonlyMap<string, Id>>;
    find(id: Id): Promise<MediaFile | undefined>;
    remove(id: Id): Promise<Result<undefined, 'notFound' | 'inUse'>>;
  }

  interface Services {
    media: Media;
  }
  interface Points {
    mediaUsages: MediaUsage;
  }
  interface Events {
    'media.changed': { mediaId: Id };
    'media.removed': { mediaId: Id };
  }
}

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
    /** Counts changes of name, folder, alt and focal point. */
    readonly version: number;
  }

  /** A file as it is shown, or a picture in another size. */
  interface MediaContent {
    readonly file: MediaFile;
    /** The same for the same bytes. */
    readonly etag: string;
    /** Bytes of it, where they are known before they are loaded: of a file as it is. */
    readonly bytes: number | null;
    /** @param range - from and to and including; all of it when left out. Counts for a file as it is */
    load(range?: { readonly start: number; readonly end: number }): Promise<{
      readonly body: Buffer | Readable;
      readonly bytes: number;
      readonly contentType: string;
      /** Another size was wanted and could not be made now; do not keep it. */
      readonly isStandIn: boolean;
    }>;
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
     * A file of the same bytes in the same store is kept once: the entry it has is given.
     *
     * @param content - a stream is read until the file is refused, and never destroyed
     * @param name - as people know it; its ending follows the type
     */
    add(input: {
      content: Buffer | Readable;
      name: string;
      folder?: string;
      alt?: Readonly<Record<string, string>>;
    }): Promise<Result<MediaFile, 'unsupportedType' | 'tooLarge' | 'brokenFile' | 'limitReached'>>;
    /** By the guarded client. */
    addFromUrl(input: {
      url: string;
      folder?: string;
      alt?: Readonly<Record<string, string>>;
    }): Promise<
      Result<
        MediaFile,
        'unsupportedType' | 'tooLarge' | 'brokenFile' | 'limitReached' | 'badAddress' | 'unreachable'
      >
    >;
    /** In the order of the ids; one not found is left out. One query. */
    pictures(ids: readonly Id[]): Promise<Picture[]>;
    /** Ids of this store's own files by their `path`; what is not found is left out. One query. */
    byPaths(paths: readonly string[]): Promise<ReadonlyMap<string, Id>>;
    find(id: Id): Promise<MediaFile | undefined>;
    /**
     * Opens a file to show it.
     *
     * @param width - pixels; the next size of a fixed set is given, and never more than the picture has
     * @param format - `original` when left out
     */
    open(wanted: {
      file: { readonly id: Id } | { readonly key: string };
      width?: number;
      format?: 'original' | 'webp' | 'avif' | 'jpeg' | 'png';
    }): Promise<MediaContent | undefined>;
    remove(id: Id): Promise<Result<undefined, 'notFound' | 'inUse'>>;
  }

  interface Services {
    media: Media;
  }
  interface Points {
    mediaUsages: MediaUsage;
  }
  interface Jobs {
    'media.remove-objects': { key: string };
  }
  interface Events {
    'media.changed': { mediaId: Id };
    'media.removed': { mediaId: Id };
  }
}

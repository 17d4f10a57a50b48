import type { Cradle, Media, MediaContent } from 'kontor/sdk';
import { errors } from '../errors.ts';
import { COLUMNS, type FileRow, shown } from '../models/file.ts';
import { type createRenditions, type Format, formatFor, originalName, type Wish } from './renditions.ts';
import { mediaSettings } from './settings.ts';
import { sizeFor } from './sizes.ts';
import { storageOf } from './storage/index.ts';

/** Makes `media.open`: finds a file, and loads it as it is or in another size. */
export function createOpen(needs: {
  services: Cradle;
  rendition: ReturnType<typeof createRenditions>;
}): Media['open'] {
  const { services, rendition } = needs;
  const { database, stores } = services;

  async function find(file: { id?: number; key?: string }): Promise<FileRow | undefined> {
    const by = file.key === undefined ? 'id' : 'key';
    const [row] = await database.read<FileRow>(
      `by-${by}`,
      `select ${COLUMNS} from media.files where store_id = $1 and ${by} = $2`,
      [stores.current().id, file.key ?? file.id],
    );
    return row;
  }

  async function loadOriginal(file: FileRow, range?: { start: number; end: number }) {
    const storage = storageOf(await mediaSettings(services), services);
    const stored = await storage.get(originalName(stores.current().id, file.key), range);
    if (!stored) throw new errors.MEDIA_ERR_CONTENT_MISSING(file.id);
    return { ...stored, contentType: file.contentType };
  }

  async function loadWish(file: FileRow, wish: Wish) {
    const storage = storageOf(await mediaSettings(services), services);
    const made = await rendition(file, wish, storage);
    if (!made) return { ...(await loadOriginal(file)), isStandIn: true };
    const { content: body, contentType } = made;
    return { body, bytes: body.length, contentType, isStandIn: false };
  }

  return async ({ file: named, width, format = 'original' }): Promise<MediaContent | undefined> => {
    const file = await find(named);
    if (!file) return undefined;
    const wish = wishOf(file, width, format);
    return {
      file: shown(file),
      etag: wish ? `"${file.key}-${wish.width}-${wish.format}"` : `"${file.key}"`,
      bytes: wish ? null : file.bytes,
      load: async (range) =>
        wish ? loadWish(file, wish) : { ...(await loadOriginal(file, range)), isStandIn: false },
    };
  };
}

/** What has to be made; undefined for a file as it is. A drawing is sharp in any size. */
function wishOf(file: FileRow, width: number | undefined, format: Format | 'original'): Wish | undefined {
  const isPixels = file.kind === 'image' && file.contentType !== 'image/svg+xml' && file.width !== null;
  if (!isPixels || (width === undefined && format === 'original')) return undefined;
  const widest = Math.min(sizeFor(width ?? file.width!), sizeFor(file.width!));
  const wanted = format === 'original' ? (file.contentType.slice('image/'.length) as Format) : format;
  return { width: widest, format: formatFor(file, wanted, widest) };
}

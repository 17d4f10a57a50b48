import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Cradle, type MediaFile, ok, type Result } from 'kontor/sdk';
import { COLUMNS, type FileRow, shown } from '../models/file.ts';
import { folderOf, nameWith } from '../services/names.ts';
import { type FileType, TYPES } from '../services/judge-type.ts';
import { makePicture } from '../services/make-picture.ts';
import { originalName } from '../services/renditions.ts';
import { mediaSettings } from '../services/settings.ts';
import { spool, type Spooled } from '../services/spool.ts';
import { type Content, storageOf } from '../services/storage/index.ts';
import type { Turns } from '../services/turns.ts';

export type NewFile = {
  readonly content: Buffer | Readable;
  readonly name: string;
  readonly folder?: string;
  readonly alt?: Readonly<Record<string, string>>;
};
export type AddRefusal = 'unsupportedType' | 'tooLarge' | 'brokenFile' | 'limitReached';
/** `turns` are shared by all that works on pictures. */
export type Needs = { readonly services: Cradle; readonly turns: Turns };
/** What is put away, and what is written of it. */
type Ready = {
  readonly content: Content;
  readonly type: FileType;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly frames: number;
};

/** Takes a file in: judged, made safe, put away, and then written into the table. The same bytes are kept once. */
export async function addFile(
  input: NewFile,
  { services, turns }: Needs,
): Promise<Result<MediaFile, AddRefusal>> {
  const { platform, random } = services;
  const settings = await mediaSettings(services);
  const spooled = await spool(input.content, { settings, platform, random });
  if (!spooled.ok) return spooled;
  try {
    const known = await findByChecksum(spooled.value.checksum, services);
    if (known) return ok(shown(known));
    const ready = await prepare(spooled.value, turns);
    return ready.ok ? await keep(input, spooled.value.checksum, ready.value, services) : ready;
  } finally {
    await rm(spooled.value.path, { force: true });
  }
}

async function prepare(
  { path, type, bytes }: Spooled,
  turns: Turns,
): Promise<Result<Ready, 'brokenFile' | 'tooLarge'>> {
  const { kind } = TYPES[type];
  if (kind !== 'image') {
    const { contentType, ending } = TYPES[type];
    const still = { width: null, height: null, frames: 1 };
    return ok({ content: { path }, type: { kind, contentType, ending }, bytes, ...still });
  }
  const made = await turns.take(() => makePicture({ path, type }));
  return made.ok ? ok({ ...made.value, bytes: made.value.content.length }) : made;
}

/** The content first: a row without content would be a broken picture, content without a row is only in the way. */
async function keep(
  input: NewFile,
  checksum: string,
  ready: Ready,
  services: Cradle,
): Promise<Result<MediaFile, 'limitReached'>> {
  const { random, stores } = services;
  const storage = storageOf(await mediaSettings(services), services);
  const key = random.token();
  await storage.put(originalName(stores.current().id, key), ready.content, ready.type.contentType);
  const discard = () => storage.removeAll(`${stores.current().id}/${key}`);
  const kept = await write(input, { key, checksum, ready }, services).catch(async (error: unknown) => {
    await discard();
    throw error;
  });
  if (!kept.ok || kept.value.key !== key) await discard();
  return kept.ok ? ok(shown(kept.value)) : kept;
}

function write(
  { name, folder = '', alt = {} }: NewFile,
  { key, checksum, ready }: { key: string; checksum: string; ready: Ready },
  services: Cradle,
): Promise<Result<FileRow, 'limitReached'>> {
  const { clock, database, features, stores } = services;
  const { type, bytes, width, height, frames } = ready;
  const room = roomOf(bytes);
  return database.transaction(async () => {
    const taken = await features.use('media.storage_kb', room);
    if (!taken.ok) return taken;
    const [row] = await database.query<FileRow>(
      `insert into media.files
         (store_id, key, checksum, kind, name, folder, content_type, bytes, width, height, frames, alt, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, $13)
       on conflict (store_id, checksum) do nothing returning ${COLUMNS}`,
      [
        ...[stores.current().id, key, checksum, type.kind, nameWith(name, type.ending), folderOf(folder)],
        ...[type.contentType, bytes, width, height, frames, JSON.stringify(alt), clock.now()],
      ],
    );
    if (row) return ok(row);
    // Somebody else was faster with the same bytes.
    await features.release('media.storage_kb', room);
    const other = await findByChecksum(checksum, services);
    return ok(other!);
  });
}

async function findByChecksum(
  checksum: string,
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<FileRow | undefined> {
  const [row] = await database.query<FileRow>(
    `select ${COLUMNS} from media.files where store_id = $1 and checksum = $2`,
    [stores.current().id, checksum],
  );
  return row;
}

/** What a file takes of the limit, in kB. */
export const roomOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1000));

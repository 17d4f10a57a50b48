import type { Readable } from 'node:stream';
import { type Cradle, ok, type Result, type Theme, type ThemeReport } from 'kontor/sdk';
import type { JudgeLiquid } from '../judge/judge-theme.ts';
import { readSettingsSchema } from '../model/theme-settings.ts';
import type { ThemeFiles } from '../zip/theme-files.ts';
import { hashOf, keepContents } from './contents.ts';
import { LIVE, THEME } from './rows.ts';
import { takeIn } from './take-in.ts';
import { addVersion } from './versions.ts';

type Needs = Pick<Cradle, 'clock' | 'database' | 'features' | 'platform' | 'random' | 'stores'>;
export type Installed = { theme: Theme; report: ThemeReport };

const LONGEST_NAME = 100;

/** Takes a theme in: reads it, judges it, keeps it. */
export async function installTheme(
  { content, name, liquid }: { content: Readable | ThemeFiles; name?: string; liquid: JudgeLiquid },
  services: Needs,
): Promise<Result<Installed, 'brokenTheme' | 'limitReached'>> {
  const taken = await takeIn({ content, isWhole: true, liquid }, services);
  if (!taken.ok) return taken;
  const { files, report } = taken.value;
  const hashes = hashesOf(files);
  const theme = {
    name: name ?? nameIn(files),
    source: 'zip' as const,
    bundled: null,
    files: hashes,
    bytes: report.bytes,
  };
  const contents = new Map([...files].map(([path, one]) => [hashes[path]!, one]));
  return services.database.transaction(async () => {
    const made = await addTheme({ ...theme, contents }, services);
    return made.ok ? ok({ theme: made.value, report }) : made;
  });
}

/** Makes a theme of what is kept, with its first version. Part of the caller's transaction. */
export async function addTheme(
  input: {
    name: string;
    source: Theme['source'];
    bundled: string | null;
    files: Readonly<Record<string, string>>;
    bytes: number;
    /** What is to be kept for it, by checksum. */
    contents: ReadonlyMap<string, string | Buffer>;
  },
  services: Pick<Needs, 'clock' | 'database' | 'features' | 'stores'>,
): Promise<Result<Theme, 'limitReached'>> {
  const { clock, database, features, stores } = services;
  const room = await features.use('storefront.themes');
  if (!room.ok) return room;
  const { id: storeId } = stores.current();
  const [row] = await database.query<{ id: number }>(
    `insert into storefront.themes (store_id, name, source, bundled, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $5) returning id`,
    [storeId, input.name.slice(0, LONGEST_NAME), input.source, input.bundled, clock.now()],
  );
  await keepContents(input.contents, services);
  const { files, bytes, source } = input;
  const action = source === 'copy' ? 'copy' : 'install';
  const theme = { id: row!.id, live: null };
  await addVersion({ theme, number: 1, files, bytes, action, paths: [] }, services);
  const [made] = await database.query<Theme>(
    `select ${THEME} from storefront.themes t ${LIVE} where t.store_id = $1 and t.id = $2`,
    [storeId, row!.id],
  );
  return ok(made!);
}

/** Checksums of files, by path. */
export function hashesOf(files: ThemeFiles): Record<string, string> {
  return Object.fromEntries([...files].map(([path, content]) => [path, hashOf(content)]));
}

function nameIn(files: ThemeFiles): string {
  const schema = files.get('config/settings_schema.json');
  return readSettingsSchema(typeof schema === 'string' ? schema : undefined).info.name || 'Theme';
}

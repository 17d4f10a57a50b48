import { type Cradle, type Id, ok, refused, type Result, type ThemeTree } from 'kontor/sdk';
import type { Trees } from './trees.ts';
import { versionOf } from './versions.ts';

type Needs = Pick<Cradle, 'clock' | 'database' | 'platform' | 'secrets' | 'stores'>;
/** Short names: the link is read out and pasted into chats. */
type Sealed = { t: Id; n: number | null; e: number };

const HOUR = 3_600_000; // ms

/**
 * A link that shows a version to whoever has it, until it ends. Without a number it shows the newest one, also when that changes.
 * The token is sealed for this store: it opens in no other, and cannot be made by hand.
 */
export async function previewLink(
  { id, number, hours = 24 }: { id: Id; number?: number; hours?: number },
  services: Needs,
): Promise<Result<{ address: string; token: string; expiresAt: Date }, 'notFound'>> {
  const { clock, platform, secrets, stores } = services;
  if (!(await isThere({ id, ...(number === undefined ? {} : { number }) }, services)))
    return refused('notFound');
  const expiresAt = new Date(clock.now().getTime() + hours * HOUR);
  const sealed: Sealed = { t: id, n: number ?? null, e: expiresAt.getTime() };
  const token = Buffer.from(secrets.seal(JSON.stringify(sealed))).toString('base64url');
  const address = new URL('/theme-preview', platform.storeOrigin(stores.current()));
  address.searchParams.set('token', token);
  return ok({ address: address.href, token, expiresAt });
}

/** What a token shows. */
export async function openPreview(
  token: string,
  { services, trees }: { services: Needs; trees: Trees },
): Promise<ThemeTree | undefined> {
  const sealed = readToken(token, services);
  if (!sealed || sealed.e <= services.clock.now().getTime()) return undefined;
  const number = sealed.n ?? (await headOf(sealed.t, services));
  return number === undefined ? undefined : trees.open(sealed.t, number);
}

function readToken(token: string, { secrets }: Needs): Sealed | undefined {
  try {
    return JSON.parse(secrets.open(Buffer.from(token, 'base64url').toString())) as Sealed;
  } catch {
    return undefined; // made by hand, cut off, or for another store
  }
}

async function isThere({ id, number }: { id: Id; number?: number }, services: Needs): Promise<boolean> {
  if (number === undefined) return (await headOf(id, services)) !== undefined;
  return (await versionOf({ id, number }, services)) !== undefined;
}

export async function headOf(
  id: Id,
  { database, stores }: Pick<Needs, 'database' | 'stores'>,
): Promise<number | undefined> {
  const [row] = await database.query<{ head: number }>(
    'select head from storefront.themes where store_id = $1 and id = $2',
    [stores.current().id, id],
  );
  return row?.head;
}

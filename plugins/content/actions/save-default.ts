import { actorName, type Cradle, ok, refused, type Result } from 'kontor/sdk';
import {
  DEFAULT_KEYS,
  type DefaultText,
  isDefaultKey,
  READ_DEFAULTS,
  textsOf,
} from '../services/defaults.ts';
import { sanitise } from '../services/sanitise.ts';
import { line } from '../services/texts.ts';

type Place = { key: string; locale: string };

/** All defaults, as they came along or as an admin wrote them. */
export async function listDefaults({ platform }: Cradle): Promise<DefaultText[]> {
  return platform.asPlatform('read the default pages', async ({ query }) => {
    const changes = await query<DefaultText>(READ_DEFAULTS);
    return DEFAULT_KEYS.flatMap((key) =>
      textsOf(
        key,
        changes.filter((one) => one.key === key),
      ),
    );
  });
}

/** Writes a default for every store; they see it at once. */
export async function saveDefault(
  services: Cradle,
  { key, locale, title, body, version }: Place & { title: string; body: string; version: number },
): Promise<Result<DefaultText, 'notFound' | 'changed'>> {
  const { clock, platform, stores } = services;
  if (!isDefaultKey(key)) return refused('notFound', { key });
  const saved = await platform.asPlatform('change a default page', async ({ query }) => {
    const [row] = await query<DefaultText>(version === 0 ? INSERT : UPDATE, [
      ...[key, locale, line(title), sanitise(body), clock.now(), actorName(stores.actor())],
      ...(version === 0 ? [] : [version]),
    ]);
    if (row) return ok(row);
    const now = (await query<DefaultText>(READ_DEFAULTS)).find(
      (one) => one.key === key && one.locale === locale,
    );
    const { version: current = 0, changedBy = '', changedAt = null } = now ?? {};
    return refused('changed', { version: current, changedBy, changedAt });
  });
  if (saved.ok) await renew(services);
  return saved;
}

/** @returns whether there was something of an admin's */
export async function revertDefault(services: Cradle, { key, locale }: Place): Promise<boolean> {
  const gone = await services.platform.asPlatform('bring a default page back', ({ query }) =>
    query('delete from content.default_pages where key = $1 and locale = $2 returning key', [key, locale]),
  );
  if (gone.length > 0) await renew(services);
  return gone.length > 0;
}

const RETURNING = `returning key, locale, title, body, version, changed_at as "changedAt", changed_by as "changedBy"`;
const INSERT = `insert into content.default_pages (key, locale, title, body, changed_at, changed_by)
  values ($1, $2, $3, $4, $5, $6) on conflict (key, locale) do nothing ${RETURNING}`;
const UPDATE = `update content.default_pages set title = $3, body = $4, changed_at = $5, changed_by = $6, version = version + 1
  where key = $1 and locale = $2 and version = $7 ${RETURNING}`;

/** A setting of the platform reaches every process; what is kept under another name is known to be old. */
async function renew({ administration, random }: Cradle): Promise<void> {
  await administration.settings.platformSet('content', { defaultsRevision: random.uuid() });
}

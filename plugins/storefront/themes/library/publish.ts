import { actorName, type Cradle, type Id, ok, refused, type Result, type Theme } from 'kontor/sdk';
import { LIVE, THEME } from './rows.ts';

type Needs = Pick<Cradle, 'clock' | 'database' | 'events' | 'settings' | 'stores'>;
type Version = { readonly themeId: Id; readonly number: number };

/** Lets visitors see a version of a theme, the newest when none is named. */
export function publishTheme(
  { id, number }: { id: Id; number?: number },
  services: Needs,
): Promise<Result<Theme, 'notFound'>> {
  const { database, stores } = services;
  return database.transaction(async () => {
    const [found] = await database.query<Version>(
      `select v.theme_id as "themeId", v.number from storefront.themes t
         join storefront.theme_versions v on v.store_id = $1 and v.theme_id = t.id
       where t.store_id = $1 and t.id = $2 and v.number = coalesce($3::integer, t.head) for update of t`,
      [stores.current().id, id, number ?? null],
    );
    if (!found) return refused('notFound');
    return ok(await show(found, services));
  });
}

/**
 * Lets visitors see what they saw before. Once more goes on to what was seen before that: going back is no publication of
 * its own.
 */
export function rollbackTheme(services: Needs): Promise<Result<Theme, 'nothingBefore'>> {
  const { database, stores } = services;
  const { id: storeId } = stores.current();
  return database.transaction(async () => {
    const [before] = await database.query<Version & { publicationId: Id }>(
      `select p.theme_id as "themeId", p.number, p.id as "publicationId"
       from storefront.live_themes l
         join storefront.theme_publications p on p.store_id = $1 and p.id < l.publication_id
           and (p.theme_id, p.number) <> (l.theme_id, l.number)
         join storefront.theme_versions v on v.store_id = $1 and v.theme_id = p.theme_id and v.number = p.number
       where l.store_id = $1 and l.slot = 'live' order by p.id desc limit 1 for update of l`,
      [storeId],
    );
    if (!before) return refused('nothingBefore');
    return ok(await show(before, services));
  });
}

/** Moves the pointer, and tells every node. A publication that is there already is gone back to. */
async function show(
  { themeId, number, publicationId }: Version & { publicationId?: Id },
  services: Needs,
): Promise<Theme> {
  const { database, events, settings, stores } = services;
  const { id: storeId } = stores.current();
  const publication = publicationId ?? (await notePublication({ themeId, number }, services));
  await database.query(
    `insert into storefront.live_themes (store_id, slot, theme_id, number, publication_id)
     values ($1, 'live', $2, $3, $4)
     on conflict (store_id, slot) do update
       set theme_id = excluded.theme_id, number = excluded.number, publication_id = excluded.publication_id`,
    [storeId, themeId, number, publication],
  );
  await settings.set({ publication });
  await events.emit('theme.published', { themeId, number }, { entity: `theme:${themeId}` });
  const [theme] = await database.query<Theme>(
    `select ${THEME} from storefront.themes t ${LIVE} where t.store_id = $1 and t.id = $2`,
    [storeId, themeId],
  );
  return theme!;
}

async function notePublication(
  { themeId, number }: Version,
  { clock, database, stores }: Needs,
): Promise<Id> {
  const [made] = await database.query<{ id: Id }>(
    `insert into storefront.theme_publications (store_id, theme_id, number, published_by, published_at)
     values ($1, $2, $3, $4, $5) returning id`,
    [stores.current().id, themeId, number, actorName(stores.actor()), clock.now()],
  );
  return made!.id;
}

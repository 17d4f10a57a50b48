import { ok, refused, type Json, type Secrets, type SettingsService } from 'kontor/sdk';
import { current, enterAs, type StoreContext } from '../context.ts';
import type { Changes, KernelDatabase, SettingsPart } from '../parts.ts';
import type { SecretsPart } from '../secrets/index.ts';
import { errors as tenancyErrors } from '../tenancy/errors.ts';
import { errors } from './errors.ts';
import { readSchemas, type SettingsSchema, type Values } from './read-schema.ts';

type Stored = Readonly<Record<string, unknown>>;
type Row = { values: Stored };

// Makes the row where there is none, so that two changes at once wait for one another.
const LOCK_OF_STORE = `insert into kernel.store_settings as s (store_id, plugin, values) values ($1, $2, '{}')
  on conflict (store_id, plugin) do update set values = s.values returning values`;
const LOCK_OF_PLATFORM = `insert into kernel.platform_settings as s (plugin, values) values ($1, '{}')
  on conflict (plugin) do update set values = s.values returning values`;

/** Settings of plugins: the schema's defaults, under the platform's values, under the store's. */
export function createSettings(input: {
  database: Pick<KernelDatabase, 'query' | 'transaction' | 'platform'>;
  changes: Changes;
  secrets: SecretsPart;
}): SettingsPart {
  const { database, changes, secrets } = input;
  let schemas: ReadonlyMap<string, SettingsSchema> = new Map();
  let platformValues: Promise<ReadonlyMap<string, Stored>> | undefined;
  // Stores as they were before this process changed them: whoever still holds one reads the row instead.
  const outdated = new WeakSet<StoreContext>();
  changes.on('settings', (key) => {
    if (key === 'platform' || key === '*') platformValues = undefined;
  });

  function schemaOf(plugin: string): SettingsSchema {
    const schema = schemas.get(plugin);
    if (!schema) throw new errors.KERNEL_ERR_NO_SETTINGS(plugin);
    return schema;
  }

  function sealedBy(plugin: string, store?: StoreContext): Secrets {
    return secrets.ownedBy({ plugin, storeId: store?.ref.id });
  }

  async function ofPlatform(plugin: string): Promise<Values> {
    if (!platformValues || !changes.isLive) {
      const sql = 'select plugin, values from kernel.platform_settings';
      // Outside of any open transaction: what is kept for others must have been committed.
      const reading = enterAs({ actor: { kind: 'system', reason: 'look up settings' } }, () =>
        database.platform.query<{ plugin: string; values: Stored }>(sql),
      ).then((rows) => new Map(rows.map(({ plugin: owner, values }) => [owner, values])));
      reading.catch(() => {
        platformValues = undefined;
      });
      platformValues = reading;
    }
    return opened((await platformValues).get(plugin), sealedBy(plugin));
  }

  async function ofStore(plugin: string, store: StoreContext): Promise<Values> {
    const sql = 'select values from kernel.store_settings where store_id = $1 and plugin = $2';
    const [row] = outdated.has(store) ? await database.query<Row>(sql, [store.ref.id, plugin]) : [];
    return opened(row?.values ?? store.settings.get(plugin), sealedBy(plugin, store));
  }

  async function set(plugin: string, change: Record<string, Json>): ReturnType<SettingsService['set']> {
    const { store } = current();
    if (!store) throw new tenancyErrors.KERNEL_ERR_NO_STORE();
    const schema = schemaOf(plugin);
    const under = await ofPlatform(plugin);
    return database.transaction(async () => {
      const [row] = await database.query<Row>(LOCK_OF_STORE, [store.ref.id, plugin]);
      const mine = sealedBy(plugin, store);
      const after = changed(row!.values, change, { schema, mine });
      const problems = schema.faults(schema.withDefaults({ ...under, ...opened(after, mine) }));
      if (problems.length > 0) return refused('invalid', { problems });
      await database.query(
        'update kernel.store_settings set values = $3::jsonb where store_id = $1 and plugin = $2',
        [store.ref.id, plugin, JSON.stringify(after)],
      );
      outdated.add(store);
      await changes.announce({ topic: 'settings', key: String(store.ref.id) });
      return ok();
    });
  }

  function platformSet(
    plugin: string,
    change: Record<string, Json>,
  ): ReturnType<SettingsPart['platformSet']> {
    const schema = schemaOf(plugin);
    const { platform } = database;
    return platform.transaction(async () => {
      const [row] = await platform.query<Row>(LOCK_OF_PLATFORM, [plugin]);
      const mine = sealedBy(plugin);
      const after = changed(row!.values, change, { schema, mine });
      const problems = schema.faults(opened(after, mine), { partly: true });
      if (problems.length > 0) return refused('invalid', { problems });
      const sql = 'update kernel.platform_settings set values = $2::jsonb where plugin = $1';
      await platform.query(sql, [plugin, JSON.stringify(after)]);
      await changes.announce({ topic: 'settings', key: 'platform' });
      return ok();
    });
  }

  return {
    declare(manifests) {
      schemas = readSchemas(manifests);
    },
    forPlugin: (plugin) => ({
      async get<Read extends object>() {
        const { store } = current();
        const own = store ? await ofStore(plugin, store) : {};
        return schemaOf(plugin).withDefaults({ ...(await ofPlatform(plugin)), ...own }) as Read;
      },
      set: (change) => set(plugin, change),
    }),
    async platformGet(plugin) {
      const schema = schemaOf(plugin);
      const values = schema.withDefaults(await ofPlatform(plugin));
      return Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, schema.secrets.has(name) ? null : value]),
      );
    },
    platformSet,
  };
}

/** The stored values with a change: null takes a value out, a secret is sealed. */
function changed(
  before: Stored,
  change: Values,
  { schema, mine }: { schema: SettingsSchema; mine: Secrets },
): Stored {
  const after: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete after[name];
    else
      after[name] =
        schema.secrets.has(name) && typeof value === 'string' ? { sealed: mine.seal(value) } : value;
  }
  return after;
}

function opened(stored: Stored = {}, mine: Secrets): Values {
  const open = (value: unknown): Json => (isSealed(value) ? mine.open(value.sealed) : (value as Json));
  return Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, open(value)]));
}

function isSealed(value: unknown): value is { sealed: string } {
  return (
    typeof value === 'object' && value !== null && typeof (value as { sealed?: unknown }).sealed === 'string'
  );
}

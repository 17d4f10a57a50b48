import { ok, refused, type Json, type Result, type Secrets, type SettingsService } from 'kontor/sdk';
import { current, type StoreContext } from '../context.ts';
import { createKept } from '../kept.ts';
import type { Change, Changes, KernelDatabase, SettingsPart } from '../parts.ts';
import type { SecretsPart } from '../secrets/index.ts';
import { errors as tenancyErrors } from '../tenancy/errors.ts';
import { errors } from './errors.ts';
import { readSchemas, type SettingsSchema, type Values } from './read-schema.ts';

type Stored = Readonly<Record<string, unknown>>;
type Row = { plugin: string; values: Stored };
type Place = Pick<KernelDatabase['platform'], 'query' | 'transaction'> & {
  /** Makes the row where there is none, so that two changes at once wait for one another. */
  lock: string;
  write: string;
  key: readonly unknown[];
  mine: Secrets;
  announced: Change;
  faultsOf: (own: Values) => string[];
};

const PLATFORM = 'platform-settings'; // topic of changes; `settings` are those of stores
const OF_STORE = {
  lock: `insert into kernel.store_settings as s (plugin, store_id, values) values ($1, $2, '{}')
    on conflict (store_id, plugin) do update set values = s.values returning values`,
  write: 'update kernel.store_settings set values = $3::jsonb where plugin = $1 and store_id = $2',
};
const OF_PLATFORM = {
  lock: `insert into kernel.platform_settings as s (plugin, values) values ($1, '{}')
    on conflict (plugin) do update set values = s.values returning values`,
  write: 'update kernel.platform_settings set values = $2::jsonb where plugin = $1',
};

/** Settings of plugins: the schema's defaults, under the platform's values, under the store's. */
export function createSettings(input: {
  database: Pick<KernelDatabase, 'query' | 'transaction' | 'platform'>;
  changes: Changes;
  secrets: SecretsPart;
}): SettingsPart {
  const { database, changes } = input;
  const { platform } = database;
  let schemas: ReadonlyMap<string, SettingsSchema> = new Map();
  // Stores as they were before this process changed them: whoever still holds one reads the row instead.
  const outdated = new WeakSet<StoreContext>();
  const platformRows = createKept({
    changes,
    topics: [PLATFORM],
    what: 'settings',
    read: () => platform.query<Row>('select plugin, values from kernel.platform_settings'),
  });

  const secretsOf = (plugin: string, store?: StoreContext): Secrets =>
    input.secrets.ownedBy({ plugin, storeId: store?.ref.id });

  function schemaOf(plugin: string): SettingsSchema {
    const schema = schemas.get(plugin);
    if (!schema) throw new errors.KERNEL_ERR_NO_SETTINGS(plugin);
    return schema;
  }

  async function ofPlatform(plugin: string): Promise<Values> {
    const row = (await platformRows()).find((one) => one.plugin === plugin);
    return opened(row?.values, secretsOf(plugin));
  }

  async function ofStore(plugin: string, store: StoreContext): Promise<Values> {
    const sql = 'select values from kernel.store_settings where store_id = $1 and plugin = $2';
    const [row] = outdated.has(store) ? await database.query<Row>(sql, [store.ref.id, plugin]) : [];
    return opened(row?.values ?? store.settings.get(plugin), secretsOf(plugin, store));
  }

  function save(schema: SettingsSchema, change: Values, place: Place): Promise<Result<undefined, 'invalid'>> {
    const { query, key, mine } = place;
    return place.transaction(async () => {
      const [row] = await query<Row>(place.lock, key);
      const after: Record<string, unknown> = { ...row!.values };
      for (const [name, value] of Object.entries(change)) {
        const isSecret = schema.secrets.has(name) && typeof value === 'string';
        if (value === null) delete after[name];
        else after[name] = isSecret ? { sealed: mine.seal(value) } : value;
      }
      const problems = place.faultsOf(opened(after, mine));
      if (problems.length > 0) return refused('invalid', { problems });
      await query(place.write, [...key, JSON.stringify(after)]);
      await changes.announce(place.announced);
      return ok();
    });
  }

  async function set(plugin: string, change: Values): ReturnType<SettingsService['set']> {
    const { store } = current();
    if (!store) throw new tenancyErrors.KERNEL_ERR_NO_STORE();
    const schema = schemaOf(plugin);
    const under = await ofPlatform(plugin);
    const { id } = store.ref;
    const { query, transaction } = database;
    const saved = await save(schema, change, {
      ...OF_STORE,
      ...{ query, transaction, key: [plugin, id], mine: secretsOf(plugin, store) },
      announced: { topic: 'settings', key: String(id) },
      faultsOf: (own) => [
        ...schema.faults(schema.withDefaults({ ...under, ...own })),
        ...Object.keys(own)
          .filter((name) => schema.platformOnly.has(name))
          .map((name) => `'${name}' is set for the whole platform, by its admins`),
      ],
    });
    if (saved.ok) outdated.add(store);
    return saved;
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
      const { secrets, withDefaults } = schemaOf(plugin);
      const values = Object.entries(withDefaults(await ofPlatform(plugin)));
      return Object.fromEntries(values.map(([name, value]) => [name, secrets.has(name) ? null : value]));
    },
    async platformSet(plugin, change) {
      const schema = schemaOf(plugin);
      return save(schema, change, {
        ...OF_PLATFORM,
        ...platform,
        ...{ key: [plugin], mine: secretsOf(plugin) },
        announced: { topic: PLATFORM, key: plugin },
        faultsOf: (own) => schema.faults(own, { partly: true }),
      });
    },
  };
}

function opened(stored: Stored = {}, mine: Secrets): Values {
  const open = (value: unknown): Json => (isSealed(value) ? mine.open(value.sealed) : (value as Json));
  return Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, open(value)]));
}

function isSealed(value: unknown): value is { sealed: string } {
  return typeof (value as { sealed?: unknown } | null)?.sealed === 'string';
}

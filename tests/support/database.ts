import type { Test } from 'tap';
import type { StoreRef } from 'kontor/sdk';
import type { StoreContext } from '../../kernel/context.ts';
import { createChanges } from '../../kernel/database/changes.ts';
import type { Changes, Config, ConnectionTarget } from '../../kernel/parts.ts';
import { freshDatabase, openDatabase, silentLog, testConfig } from '../../sdk/testing/database.ts';

export { silentLog, testConfig };

/**
 * The kernel's database on a PostgreSQL database of its own, all migrations taken, with two stores a and b. Everything is
 * closed and dropped at the end of the test.
 *
 * @param config - what to change of the test configuration
 * @example const { database, changes, stores, inStore } = await startTestDatabase(t);
 */
export async function startTestDatabase(
  t: Pick<Test, 'teardown'>,
  config: Partial<Config> = {},
  proxyOf?: (target: ConnectionTarget) => Promise<ConnectionTarget>,
) {
  const { target, drop } = await freshDatabase();
  const proxy = await proxyOf?.(target);
  const contexts = new Map<number, StoreContext>();
  const opened = await openDatabase({
    config: testConfig(config),
    target,
    storeById: (id) => contexts.get(id),
    ...(proxy ? { proxy } : {}),
  });
  const { database, signer } = opened;
  const changes: Changes = await createChanges({ database, target, log: silentLog() });
  t.teardown(async () => {
    await changes.close();
    await opened.close();
    await drop();
  });

  const platform = database.platform;
  await platform.query(
    `insert into kernel.tiers (code, title, position) values ('basic', 'Basic', 1), ('full', 'Full', 2)`,
  );
  const [merchant] = await platform.query<{ id: number }>(
    `insert into kernel.merchants (name, tier) values ('A merchant', 'full') returning id`,
  );

  async function makeStore(handle: string): Promise<StoreContext> {
    const [row] = await platform.query<{ id: number }>(
      `insert into kernel.stores (merchant_id, handle, name) values ($1, $2, $3) returning id`,
      [merchant!.id, handle, `Store ${handle}`],
    );
    await platform.query('insert into kernel.handles (handle, store_id) values ($1, $2)', [handle, row!.id]);
    const ref: StoreRef = {
      id: row!.id,
      handle,
      name: `Store ${handle}`,
      state: 'active',
      merchantId: merchant!.id,
      tier: 'full',
      locale: 'en',
      locales: ['en', 'fr'],
      currency: 'EUR',
      timeZone: 'Europe/Luxembourg',
      host: `${handle}.localhost:3000`,
    };
    const store: StoreContext = {
      ref,
      token: signer.sign(ref.id),
      gate: { plugins: new Set(), features: new Set(), limits: new Map() },
      settings: new Map(),
    };
    contexts.set(ref.id, store);
    return store;
  }

  const stores = { a: await makeStore('a'), b: await makeStore('b') };
  return { ...opened, changes, target, stores, contexts };
}

import type { Test } from 'tap';
import type { Manifest } from 'kontor/sdk';
import { within } from '../../kernel/context.ts';
import { createFeatures } from '../../kernel/features/index.ts';
import type { KernelDatabase } from '../../kernel/parts.ts';
import { createSecrets } from '../../kernel/secrets/index.ts';
import { createSettings } from '../../kernel/settings/index.ts';
import { createTenancy } from '../../kernel/tenancy/index.ts';
import { startTestDatabase, testConfig } from './database.ts';

/** A manifest with what matters to a test. */
export function aManifest(change: Partial<Manifest> & { id: string }): Manifest {
  return { version: '1.0.0', title: change.id, requires: '^1.0.0', ...change };
}

/**
 * Tenancy, features and settings over a database of their own with the stores a and b of one merchant, in tier full of
 * basic and full. `statements()` counts what was sent to the database by them; `clock.forward(ms)` moves the time.
 */
export async function startTestParts(
  t: Pick<Test, 'teardown'>,
  options: { manifests?: readonly Manifest[] } = {},
) {
  const started = await startTestDatabase(t);
  const { changes, signer, stores } = started;
  const { database, statements } = counted(started.database);
  const clock = movableClock('2026-11-23T12:00:00Z');
  const config = testConfig();
  const features = createFeatures({ database, changes, clock });
  const settings = createSettings({ database, changes, secrets: createSecrets({ config }) });
  const tenancy = createTenancy({
    database,
    changes,
    clock,
    config,
    sign: signer.sign,
    compute: features.compute,
    onDeclare: features.onDeclare,
  });
  features.declare(options.manifests ?? []);
  settings.declare(options.manifests ?? []);

  const a = stores.a.ref.id;
  const b = stores.b.ref.id;
  const merchant = stores.a.ref.merchantId;
  /** Enters a store afresh, as each request does. */
  async function inStore<Value>(id: number, work: () => Value): Promise<Awaited<Value>> {
    const store = await tenancy.byId(id);
    return await within({ store }, work);
  }
  /** Waits until every change said so far was heard a second time, from the server; before that it empties caches. */
  async function settled(): Promise<void> {
    let times = 0;
    const echoed = new Promise<void>((resolve) => {
      changes.on('test-echo', () => {
        times += 1;
        if (times === 2) resolve();
      });
    });
    await changes.announce({ topic: 'test-echo', key: crypto.randomUUID() });
    await echoed;
  }

  const parts = { features, settings, tenancy };
  return { ...started, ...parts, database, statements, clock, a, b, merchant, inStore, settled };
}

function movableClock(start: string) {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    forward(milliseconds: number) {
      now += milliseconds;
    },
    set(text: string) {
      now = Date.parse(text);
    },
  };
}

/** The same database, counting the statements that pass. */
function counted(database: KernelDatabase) {
  let count = 0;
  const counting = <Order extends (...words: never[]) => unknown>(order: Order): Order =>
    ((...words) => {
      count += 1;
      return order(...words);
    }) as Order;
  const { query, read, platform } = database;
  return {
    database: {
      ...database,
      query: counting(query),
      read: counting(read),
      platform: { ...platform, query: counting(platform.query) },
    },
    statements: () => count,
  };
}

import net from 'node:net';
import { once } from 'node:events';
import t from 'tap';
import { current, enterAs, within, type Lease } from '../../../kernel/context.ts';
import { createChanges } from '../../../kernel/database/changes.ts';
import { connect } from '../../../kernel/database/index.ts';
import { createKept } from '../../../kernel/kept.ts';
import type { ConnectionTarget } from '../../../kernel/parts.ts';
import { silentLog, startTestDatabase, testConfig } from '../../support/database.ts';

t.test('transactions of the platform that look something up never wait for one another', async (t) => {
  const { database, changes } = await startTestDatabase(t, small());
  const { platform } = database;
  const tiers = createKept({
    changes,
    topics: ['tier'],
    what: 'the tiers',
    read: () => platform.query<{ code: string }>('select code from kernel.tiers order by position'),
  });
  const four = Array.from({ length: 4 }, () =>
    platform.transaction(async () => {
      await platform.query('select 1');
      return tiers();
    }),
  );
  for (const found of await Promise.all(four)) t.same(found, [{ code: 'basic' }, { code: 'full' }]);
});

t.test('transactions of stores that read apart from themselves never wait for one another', async (t) => {
  const { database, stores } = await startTestDatabase(t, small());
  const apart = () =>
    enterAs({ ...current(), store: stores.a, transaction: undefined } as never, () =>
      database.query<{ id: number }>('select id from kernel.stores where id = $1', [stores.a.ref.id]),
    );
  const eight = Array.from({ length: 8 }, () =>
    within({ store: stores.a }, () =>
      database.transaction(async () => {
        await database.query('select 1');
        return apart();
      }),
    ),
  );
  for (const found of await Promise.all(eight)) t.same(found, [{ id: stores.a.ref.id }]);
});

t.test(
  'work for after the commit of a transaction of the platform waits for that, and not for its rollback',
  async (t) => {
    const { database } = await startTestDatabase(t);
    const seen: string[] = [];
    await database.platform.transaction(async () => {
      database.afterCommit(() => void seen.push('committed'));
      await database.platform.query('select 1');
      t.same(seen, []);
    });
    await t.rejects(
      database.platform.transaction(async () => {
        database.afterCommit(() => void seen.push('wrong'));
        throw new Error('no');
      }),
    );
    t.same(seen, ['committed']);
  },
);

t.test(
  'work for after the commit that fails is no error of whoever asked, also without a transaction',
  async (t) => {
    const { database } = await startTestDatabase(t);
    t.doesNotThrow(() =>
      database.afterCommit(() => {
        throw new Error('no');
      }),
    );
  },
);

t.test('a handler whose time is up sends nothing as the platform either', async (t) => {
  const { database } = await startTestDatabase(t);
  const lease: Lease = { ended: false };
  await within({ lease, plugin: 'sample' }, async () => {
    await database.platform.query('select 1');
    lease.ended = true;
    await t.rejects(database.platform.query('select 1'), { code: 'KERNEL_ERR_LEASE_ENDED' });
  });
});

t.test('a handler whose time is up sends nothing from within another store either', async (t) => {
  const { database, stores } = await startTestDatabase(t);
  const lease: Lease = { ended: false };
  const { inStore } = database.platformFor('sample');
  const read = () => database.query('select 1');
  await within({ lease, plugin: 'sample', store: stores.a }, async () => {
    await inStore(stores.b.ref.id, () => database.transaction(read));
    t.equal(lease.savepoint, undefined, 'its savepoints stay in the transaction it was called in');
    await inStore(stores.b.ref.id, async () => {
      lease.ended = true;
      await t.rejects(read(), { code: 'KERNEL_ERR_LEASE_ENDED' });
    });
    await t.rejects(inStore(stores.b.ref.id, read), { code: 'KERNEL_ERR_LEASE_ENDED' });
  });
});

t.test('a listening connection that has fallen silent is no longer trusted, and made anew', async (t) => {
  const { database, target } = await startTestDatabase(t);
  const line = await lineTo(target);
  t.teardown(line.close);
  const changes = await createChanges({ database, target: line.target, log: silentLog(), beatEvery: 500 });
  t.teardown(() => changes.close());
  const heard: string[] = [];
  changes.on('tier', (key) => heard.push(key));

  line.mute();
  await until(() => !changes.isLive);
  line.unmute();
  await until(() => changes.isLive);

  t.match(heard, ['*'], 'what was said meanwhile counts as missed');
  await database.platform.query(`select pg_notify('kontor_changes', '{"topic":"tier","key":"full"}')`);
  await until(() => heard.includes('full'));
});

t.test('a server that takes the call and says nothing is not waited for without end', async (t) => {
  const { target } = await startTestDatabase(t);
  const line = await lineTo(target);
  t.teardown(line.close);
  line.mute();

  await t.rejects(connect(line.target, 100), { code: 'KERNEL_ERR_DATABASE_UNREACHABLE' });
});

t.test('closing while the listening connection is being made anew leaves none behind', async (t) => {
  const { database, target } = await startTestDatabase(t);
  const line = await lineTo(target);
  t.teardown(line.close);
  const changes = await createChanges({ database, target: line.target, log: silentLog() });

  line.mute(); // what knocks from now on waits
  line.cut();
  await until(() => line.count() > 0);
  const closing = changes.close();
  line.unmute();
  await closing;

  await until(() => line.count() === 0);
  t.equal(changes.isLive, false);
});

/** A pool of four connections for stores, and of two for the platform. */
function small() {
  return { database: { ...testConfig().database, poolSize: 4 } };
}

/** A line to the server that can be cut, or keep silent while it stays open. */
async function lineTo({ host, port, ...login }: ConnectionTarget) {
  const inner = host.startsWith('/')
    ? { path: `${host}/.s.PGSQL.${port ?? 5432}` }
    : { host, port: port ?? 5432 };
  const pairs = new Set<readonly [net.Socket, net.Socket]>();
  let isMute = false;
  const server = net.createServer((near) => {
    const far = net.connect(inner as net.NetConnectOpts);
    const pair = [near, far] as const;
    pairs.add(pair);
    const forget = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    near.on('close', forget).on('error', forget);
    far.on('close', forget).on('error', forget);
    near.pipe(far).pipe(near);
    if (isMute) for (const end of pair) end.pause();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as net.AddressInfo;
  const cut = () => {
    for (const [near] of pairs) near.destroy();
  };
  return {
    target: { ...login, host: '127.0.0.1', port: own } as ConnectionTarget,
    count: () => pairs.size,
    cut,
    mute() {
      isMute = true;
      for (const end of [...pairs].flat()) end.pause();
    },
    unmute() {
      isMute = false;
      for (const end of [...pairs].flat()) end.resume();
    },
    close() {
      cut();
      server.close();
    },
  };
}

/** Resolves when the answer is yes; asks again whenever other work had its turn. */
async function until(question: () => boolean): Promise<void> {
  while (!question()) await new Promise((resolve) => setImmediate(resolve));
}

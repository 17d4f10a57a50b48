import {
  definePlugin,
  defineRoutes,
  type Database,
  type DeliveredEvent,
  route,
  type Stores,
  Type,
} from 'kontor/sdk';

declare module 'kontor/sdk' {
  interface Events {
    'ledger.changed': { changeId: number };
  }
  interface Jobs {
    'ledger.note-effect': { event: string };
  }
}

type Needs = { database: Database; stores: Stores };

/** Inside one transaction: the change and the news of it. */
const write = route({
  method: 'POST',
  path: '/changes',
  surface: 'store',
  access: { permission: 'ledger.write' },
  body: Type.Object({ text: Type.String() }),
  transaction: true,
  async handler({ body, store }, { database, events }) {
    const [row] = await database.query<{ id: number }>(
      'insert into ledger.changes (store_id, text) values ($1, $2) returning id',
      [store.id, body.text],
    );
    await events.emit('ledger.changed', { changeId: row!.id }, { entity: `change:${row!.id}` });
    return row;
  },
});

async function note({ database, stores }: Needs, kind: string, event: string): Promise<void> {
  await database.query(
    'insert into ledger.effects (store_id, kind, event) values ($1, $2, $3) on conflict (store_id, kind, event) do nothing',
    [stores.current().id, kind, event],
  );
}

export default definePlugin({
  declares: { events: { 'ledger.changed': { payload: Type.Object({ changeId: Type.Integer() }) } } },
  routes: defineRoutes([write]),
  events: {
    'ledger.changed': (event: DeliveredEvent<{ changeId: number }>, services) =>
      services.database.transaction(async () => {
        await note(services, 'event', event.id);
        await services.jobs.send('ledger.note-effect', { event: event.id }, { key: event.id });
      }),
  },
  jobs: {
    'ledger.note-effect': {
      payload: Type.Object({ event: Type.String() }),
      handler: ({ payload }, services) => note(services, 'job', payload.event),
    },
  },
});

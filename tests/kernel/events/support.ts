import type { Test } from 'tap';
import { Type } from 'kontor/sdk';
import { enterAs, type StoreContext } from '../../../kernel/context.ts';
import { savepoints } from '../../../kernel/database/statements.ts';
import { createHooks } from '../../../kernel/hooks/index.ts';
import { createMetrics } from '../../../kernel/metrics/index.ts';
import type { LoadedPlugin } from '../../../kernel/parts.ts';
import { createEnter } from '../../../kernel/plugins/enter.ts';
import { startTestDatabase, silentLog } from '../../support/database.ts';
import { aClock, aPlugin, type LooseHooks } from '../hooks/support.ts';

export type Got = { id: string; name: string; payload: { n: number }; entity: string; attempt: number };
type Handle = (event: Got) => unknown;

export const notes = aPlugin(
  { id: 'notes' },
  { declares: { events: { 'note.written': { payload: Type.Object({ n: Type.Integer() }) } } } },
);
export const listener = (id: string, handle: Handle) =>
  aPlugin({ id }, { events: { 'note.written': handle } });

/** Two stores, and as many nodes over their database as a test asks for. */
export async function startEvents(t: Test) {
  const { database, changes, stores, contexts } = await startTestDatabase(t);
  const clock = aClock();
  const a = stores.a.ref.id;
  const b = stores.b.ref.id;

  /** Hooks of one process; every plugin is on for both stores. */
  function startNode(...listeners: LoadedPlugin[]) {
    const metrics = createMetrics();
    const part = createHooks({
      database,
      changes,
      clock,
      metrics,
      log: silentLog(),
      random: { token: () => crypto.randomUUID(), uuid: () => crypto.randomUUID() },
      tenancy: { byId: (id) => contexts.get(id) },
      enter: createEnter({ metrics, log: silentLog() }),
      savepoints,
    });
    for (const storeId of [a, b]) turnOn(storeId, ['notes', ...listeners.map(({ manifest }) => manifest.id)]);
    part.follow([notes, ...listeners]);
    t.teardown(() => part.stop());
    const events = part.events as unknown as LooseEvents;
    const emit = (storeId: number, n: number, entity = 'note:1') =>
      inStore(storeId, () => events.emit('note.written', { n }, { entity }));
    return { ...part, events, hooks: part.hooks as unknown as LooseHooks, emit, metrics };
  }

  function turnOn(storeId: number, plugins: readonly string[]): void {
    const store = contexts.get(storeId)!;
    contexts.set(storeId, { ...store, gate: { ...store.gate, plugins: new Set(plugins) } });
  }

  function inStore<Value>(storeId: number, work: () => Value): Value {
    return enterAs({ actor: { kind: 'anonymous' }, store: contexts.get(storeId) as StoreContext }, work);
  }

  return { database, clock, a, b, startNode, turnOn, inStore };
}

type LooseEvents = { emit(name: string, payload: unknown, about: { entity: string }): Promise<void> };

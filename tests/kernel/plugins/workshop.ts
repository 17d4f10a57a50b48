import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Test } from 'tap';
import { CONTRACT_VERSION, type KernelServices, type Manifest } from 'kontor/sdk';
import { createMetrics } from '../../../kernel/metrics/index.ts';
import type { KernelDatabase, PluginFollower, PluginSet } from '../../../kernel/parts.ts';
import { createEnter, createPluginHost, createPoints } from '../../../kernel/plugins/index.ts';
import { silentLog, startTestDatabase, testConfig } from '../../support/database.ts';

/** A manifest that says only what matters to a test. */
export function aManifest(id: string, parts: Partial<Manifest> = {}): Manifest {
  return { id, version: '1.0.0', title: id, requires: `^${CONTRACT_VERSION}`, ...parts };
}

/** A folder that is removed at the end of the test. */
export function aFolder(t: Pick<Test, 'teardown'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'kontor plugins '));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a plugin: its manifest, its code, and whatever other files it has. */
export function writePlugin(
  folder: string,
  manifest: Partial<Manifest> & { id: string },
  code = 'export default {};',
  files: Record<string, string> = {},
): string {
  const place = join(folder, manifest.id);
  const all = { 'plugin.json': JSON.stringify(manifest, null, 2), 'index.js': code, ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), text);
  }
  return place;
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** A database and a folder of bundled plugins, over which hosts can be started as nodes of one platform. */
export async function openWorld(t: Pick<Test, 'teardown'>) {
  const data = await startTestDatabase(t);
  const folder = aFolder(t);
  const extra = aFolder(t);
  const home = aFolder(t);
  mkdirSync(join(folder, 'bundled'));

  async function node(
    parts: {
      followers?: readonly PluginFollower[];
      hookLimit?: number;
      retryAfter?: number;
      database?: (real: KernelDatabase) => KernelDatabase;
    } = {},
  ) {
    const metrics = createMetrics();
    const log = silentLog();
    const clock = { now: () => new Date('2026-11-23T10:00:00Z') };
    const enter = createEnter({ metrics, log });
    const { points, follower } = createPoints({ enter });
    const told: string[][] = [];
    const note: PluginFollower = {
      name: 'note',
      follow: (plugins: PluginSet) => void told.push(plugins.map(({ manifest }) => manifest.id)),
    };
    const host = createPluginHost({
      ...data,
      database: parts.database?.(data.database) ?? data.database,
      config: { ...testConfig(), home, plugins: { folders: [extra] } },
      log,
      clock,
      metrics,
      enter,
      followers: [follower, ...(parts.followers ?? []), note],
      // The services that these tests reach for; the whole surface is the kernel's own test.
      kernelServicesFor: (plugin) =>
        ({ clock, log, points, database: data.database.forPlugin(plugin) }) as unknown as KernelServices,
      purgers: [],
      places: { bundled: join(folder, 'bundled'), modules: [join(folder, 'node_modules')] },
      ...(parts.hookLimit ? { hookLimit: parts.hookLimit } : {}),
      ...(parts.retryAfter ? { retryAfter: parts.retryAfter } : {}),
    });
    t.teardown(() => host.stop());
    return { host, points, told, metrics };
  }

  return {
    ...data,
    home,
    bundled: join(folder, 'bundled'),
    modules: join(folder, 'node_modules'),
    extra,
    node,
  };
}

/** Plugin id to why it is set aside. */
export async function quarantines(host: { list(): Promise<{ id: string; quarantine?: string }[]> }) {
  const reports = await host.list();
  return Object.fromEntries(reports.flatMap(({ id, quarantine }) => (quarantine ? [[id, quarantine]] : [])));
}

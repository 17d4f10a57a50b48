import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestKernel, type TestKernel, type TestKernelOptions } from 'kontor/sdk/testing';

export const benchPlugin = new URL('../bench', import.meta.url);

/** Runs work with a real kernel on a real PostgreSQL, and takes both away afterwards. */
export async function withKernel<Value>(
  options: TestKernelOptions,
  work: (world: TestKernel) => Promise<Value>,
): Promise<Value> {
  const undo: (() => Promise<void>)[] = [];
  try {
    return await work(await startTestKernel({ teardown: (step) => void undo.push(step) }, options));
  } finally {
    for (const step of undo) await step();
  }
}

/** Folders of small plugins, made for one run. */
export async function madePlugins(
  ids: readonly string[],
  content: (id: string) => { manifest?: object; code: string },
): Promise<{ folders: string[]; remove(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'kontor-bench-'));
  const folders = await Promise.all(
    ids.map(async (id) => {
      const { manifest, code } = content(id);
      const folder = join(root, id);
      await mkdir(folder);
      const whole = { id, version: '1.0.0', title: id, requires: '^1.0.0', ...manifest };
      await writeFile(join(folder, 'plugin.json'), JSON.stringify(whole));
      await writeFile(join(folder, 'index.js'), code);
      return folder;
    }),
  );
  return { folders, remove: () => rm(root, { recursive: true, force: true }) };
}

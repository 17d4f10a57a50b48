import { watch } from 'node:fs';
import { sep } from 'node:path';
import { kindOf } from '../../../plugins/storefront/themes/model/paths.ts';

const QUIET = 120; // ms: editors write a file in several steps

/**
 * Tells which files of a theme have changed, several at once when they change together. While one change is worked on, those
 * that follow wait.
 *
 * @returns what ends it
 */
export function watchFolder(folder: string, changed: (paths: string[]) => Promise<void>): () => void {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;
  const watcher = watch(folder, { recursive: true }, (_event, name) => {
    const path = name?.replaceAll(sep, '/');
    if (path === undefined || kindOf(path) === undefined) return;
    waiting.add(path);
    plan();
  });

  function plan(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void work(), QUIET);
  }

  async function work(): Promise<void> {
    if (isBusy || waiting.size === 0) return;
    isBusy = true;
    const paths = [...waiting];
    waiting.clear();
    try {
      await changed(paths);
    } finally {
      isBusy = false;
    }
    if (waiting.size > 0) plan();
  }

  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

import { error, type Finding } from '../judge/findings.ts';
import { FOLDERS, isTextPath, kindOf } from '../model/paths.ts';
import { THEME_LIMITS } from './limits.ts';
import type { RawFile } from './read-zip.ts';

/** Files of a theme by path: text as text, everything else as bytes. */
export type ThemeFiles = ReadonlyMap<string, string | Buffer>;

/**
 * Takes the theme out of the files of an archive or a folder: without the one folder that it may lie in, without what is
 * no part of a theme.
 *
 * @returns `ignored`: what was left out; `faults`: why it cannot be a theme
 */
export function themeFilesOf(raw: readonly RawFile[]): {
  files: ThemeFiles;
  ignored: string[];
  faults: Finding[];
} {
  const files = new Map<string, string | Buffer>();
  const spellings = new Map<string, string>();
  const ignored: string[] = [];
  const faults: Finding[] = [];
  const top = topFolder(raw.map(({ path }) => path));
  for (const { path: whole, content } of raw) {
    const path = whole.slice(top.length);
    if (NOISE.test(whole)) continue;
    if (!whole.startsWith(top) || kindOf(path) === undefined) {
      ignored.push(whole);
      continue;
    }
    const other = spellings.get(path.toLowerCase());
    if (other !== undefined) faults.push(sameName(path, other));
    spellings.set(path.toLowerCase(), path);
    const read = readContent(path, content);
    if (typeof read === 'object' && 'severity' in read) faults.push(read);
    else files.set(path, read);
  }
  return { files, ignored, faults: [...faults, ...textFaults(files)] };
}

/** A file's content as it is kept, or why it cannot be. */
export function readContent(path: string, content: Buffer): string | Buffer | Finding {
  const most =
    path.startsWith('assets/') && !path.endsWith('.liquid') ? THEME_LIMITS.asset : THEME_LIMITS.text;
  if (content.length > most) {
    return error(
      'fileTooLarge',
      path,
      `Expected at most ${most / 1024} kB, got ${Math.ceil(content.length / 1024)} kB`,
    );
  }
  if (!isTextPath(path)) return content;
  const text = textIn(content);
  if (text !== undefined) return text;
  // What ends like a script and is none is given to browsers as it came; of Liquid and JSON nothing could be made.
  return most === THEME_LIMITS.asset
    ? content
    : error('notText', path, 'Expected a text in UTF-8 without NUL');
}

/** Bytes of a content as it is kept. */
export function sizeOf(content: string | Buffer): number {
  return typeof content === 'string' ? Buffer.byteLength(content) : content.length;
}

function textFaults(files: ThemeFiles): Finding[] {
  const texts = [...files].filter(([path]) => !path.startsWith('assets/') || path.endsWith('.liquid'));
  const total = texts.reduce((sum, [, content]) => sum + content.length, 0);
  const most = THEME_LIMITS.texts / 1024 / 1024;
  return total > THEME_LIMITS.texts
    ? [error('tooLarge', '', `Expected at most ${most} MB of Liquid and JSON`)]
    : [];
}

const NOISE = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|\.git\/|node_modules\/)/;

/** The folder that all lies in, with its slash; empty when the theme's own folders are there at once. */
function topFolder(paths: readonly string[]): string {
  const own = paths.filter((path) => !NOISE.test(path));
  const first = own[0]?.split('/')[0];
  if (first === undefined || FOLDERS.includes(first)) return '';
  return own.every((path) => path.startsWith(`${first}/`)) ? `${first}/` : '';
}

function sameName(path: string, other: string): Finding {
  return error('sameName', path, `Expected names that differ by more than capitals; there is ${other} too`);
}

function textIn(content: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

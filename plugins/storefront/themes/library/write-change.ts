import { type Cradle, type Id, ok, refused, type Result, type ThemeVersion } from 'kontor/sdk';
import { error, reportOf } from '../judge/findings.ts';
import { THEME_LIMITS } from '../zip/limits.ts';
import { hashOf, keepContents } from './contents.ts';
import { type Files, shownVersion, type VersionRow } from './rows.ts';
import { addVersion, bytesOf, themeWithHead, versionOf } from './versions.ts';

type Needs = Pick<Cradle, 'clock' | 'database' | 'stores'>;

/** Contents that were judged, by path; null takes a file away. */
export type Contents = ReadonlyMap<string, string | Buffer | null>;

/**
 * Makes a new version of contents that were judged. What is there already changes nothing, and when nothing changes the newest
 * version is given.
 *
 * @param from - number of the version they were made from; whatever others changed meanwhile is overwritten when left out
 * @param isWhole - whatever is not among them is taken away
 */
export function writeChange(
  input: {
    id: Id;
    from?: number | undefined;
    contents: Contents;
    isWhole?: boolean;
    action: ThemeVersion['action'];
  },
  services: Needs,
): Promise<Result<ThemeVersion, 'notFound' | 'changed' | 'brokenTheme'>> {
  const { id, from, contents, isWhole = false, action } = input;
  const write = async () => {
    const found = await themeWithHead({ id, lock: true }, services);
    if (!found) return refused('notFound');
    const { theme, head } = found;
    const files = filesAfter(isWhole ? {} : head.files, contents);
    const paths = differing(head.files, files);
    const conflict = from === undefined ? undefined : await conflictOf({ id, from, head, paths }, services);
    if (conflict) return refused('changed', conflict);
    if (paths.length === 0) return ok(shownVersion(head, theme.live));
    if (Object.keys(files).length > THEME_LIMITS.entries) throw new TooMuch();
    const known = new Set(Object.values(head.files));
    await keepContents(newOnes(contents, known), services);
    const bytes = await bytesOf(files, services);
    if (bytes > THEME_LIMITS.total) throw new TooMuch();
    return ok(await addVersion({ theme, number: head.number + 1, files, bytes, action, paths }, services));
  };
  return services.database.transaction(write).catch((reason: unknown) => {
    if (!(reason instanceof TooMuch)) throw reason;
    const wanted = `Expected at most ${THEME_LIMITS.entries} files of ${THEME_LIMITS.total / 1024 / 1024} MB`;
    return refused('brokenTheme', { report: reportOf([error('tooLarge', '', wanted)]) });
  });
}

/** Brings files back as they were: what the newest version has and the older one has not is taken away. */
export function restoreVersion(
  { id, number }: { id: Id; number: number },
  services: Needs,
): Promise<Result<ThemeVersion, 'notFound'>> {
  return services.database.transaction(async () => {
    const found = await themeWithHead({ id, lock: true }, services);
    const wanted = await versionOf({ id, number }, services);
    if (!found || !wanted) return refused('notFound');
    const { theme, head } = found;
    const { files, bytes } = wanted;
    const next = { theme, number: head.number + 1, files, bytes, paths: differing(head.files, files) };
    return ok(await addVersion({ ...next, action: 'restore' }, services));
  });
}

/** Takes back what was written before it was seen that it is too much. */
class TooMuch extends Error {}

async function conflictOf(
  { id, from, head, paths }: { id: Id; from: number; head: VersionRow; paths: readonly string[] },
  services: Needs,
): Promise<Record<string, unknown> | undefined> {
  if (from === head.number) return undefined;
  const base = from < head.number ? await versionOf({ id, number: from }, services) : undefined;
  const changed = base ? paths.filter((path) => base.files[path] !== head.files[path]) : paths;
  if (changed.length === 0) return undefined;
  return { version: head.number, paths: changed, by: head.madeBy, at: head.madeAt };
}

function filesAfter(before: Files, contents: Contents): Files {
  const after = new Map(Object.entries(before));
  for (const [path, content] of contents) {
    if (content === null) after.delete(path);
    else after.set(path, hashOf(content));
  }
  return Object.fromEntries(after);
}

function differing(before: Files, after: Files): string[] {
  const all = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...all].filter((path) => before[path] !== after[path]).toSorted();
}

function newOnes(contents: Contents, known: ReadonlySet<string>): Map<string, string | Buffer> {
  const found = new Map<string, string | Buffer>();
  for (const content of contents.values()) {
    const hash = content === null ? '' : hashOf(content);
    if (content !== null && !known.has(hash)) found.set(hash, content);
  }
  return found;
}

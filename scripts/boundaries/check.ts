import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix, sep } from 'node:path';
import { circleOf } from './circle.ts';
import { type Import, importsOf } from './imports.ts';
import { type Area, BROWSERS, COMPUTES, LIBRARIES, RULES, TYPE_EXCEPTIONS } from './rules.ts';

const FOLDERS = ['kernel', 'sdk', 'plugins', 'examples', 'migrations', 'themes', 'scripts', 'tests'];

/** Holds every import under a root against the rules: a sentence for each that breaks one, with file and line. */
export function brokenBoundaries(root: string): string[] {
  const files = FOLDERS.flatMap((folder) => filesUnder(root, folder));
  const imports = new Map(files.map((file) => [file, importsOf(readFileSync(join(root, file), 'utf8'))]));
  const broken = [...imports].flatMap(([file, found]) =>
    found.flatMap((one) => {
      const fault = faultOf(file, one);
      return fault ? [`${file}:${one.line}  ${fault}`] : [];
    }),
  );
  const circle = circleOf(imports);
  return circle
    ? [
        ...broken,
        `${circle[0]}:1  imports itself: ${circle.join(' -> ')}; move what both need to a third file`,
      ]
    : broken;
}

function filesUnder(root: string, folder: string): string[] {
  let entries: import('node:fs').Dirent[];
  try {
    entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(root.length).split(sep).join('/').replace(/^\//, ''),
    )
    .filter((file) => !file.includes('node_modules/'))
    .sort();
}

function faultOf(file: string, { specifier, isType }: Import): string | undefined {
  const area = areaOf(file);
  if (specifier === undefined) {
    const why = 'nobody can tell what it gets';
    return COMPUTES.some((one) => matches(area, one)) ? undefined : `imports by a computed name, but ${why}`;
  }
  if (isBuiltin(specifier)) {
    const isThere = !BROWSERS.includes(area);
    return isThere ? undefined : `imports '${specifier}', but Node is not there: ${ruleOf(area).because}`;
  }
  const target = specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
  if (specifier.startsWith('.') || specifier.startsWith('kontor/'))
    return ownFault({ file, area, target, specifier });
  return libraryFault({ file, area, specifier, isType });
}

function ownFault(input: {
  file: string;
  area: Area;
  target: string;
  specifier: string;
}): string | undefined {
  const { file, area, target, specifier } = input;
  const rule = ruleOf(area);
  const may = [area, ...rule.may];
  const targets = areaOf(target);
  if (targets !== area && BROWSERS.includes(targets)) {
    return `imports '${specifier}', which is for browsers only; read it as a file`;
  }
  if (may.some((one) => isWithin({ file, target, pattern: one }))) return undefined;
  return `imports '${specifier}', but ${area} imports ${may.join(', ')} only: ${rule.because}`;
}

function libraryFault(input: {
  file: string;
  area: Area;
  specifier: string;
  isType: boolean;
}): string | undefined {
  const { file, area, specifier, isType } = input;
  if (matches(area, 'scripts/') || matches(area, 'tests/')) return undefined;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const key = Object.keys(LIBRARIES).find(
    (one) => one === name || (one.endsWith('*') && name.startsWith(one.slice(0, -1))),
  );
  if (isType && TYPE_EXCEPTIONS.some((one) => one.file === file && one.library === name)) return undefined;
  if (key === undefined)
    return `imports the library '${name}', which has no owner; name one in scripts/boundaries/rules.ts`;
  const owners = LIBRARIES[key]!;
  const because = 'a library has one owner, so that replacing it touches one folder';
  return owners.some((one) => matches(area, one) || isInside(file, one))
    ? undefined
    : `imports the library '${name}', which belongs to ${owners.join(', ')}: ${because}`;
}

function ruleOf(area: Area) {
  return RULES.find(({ from }) => from === area)!;
}

/** The most special area that a file belongs to. */
function areaOf(file: string): Area {
  const fitting = RULES.map(({ from }) => from).filter((from) => asPattern(from).test(file));
  return fitting.sort((a, b) => b.length - a.length)[0]!;
}

/** One plugin may own a library; an area with a star in it is not a place. */
function isInside(file: string, place: string): boolean {
  return !place.includes('*') && file.startsWith(place);
}

function matches(area: Area, other: string): boolean {
  return area === other;
}

/** `plugins/*` allows the plugin that the file itself belongs to, and no other. */
function isWithin({ file, target, pattern }: { file: string; target: string; pattern: string }): boolean {
  if (pattern === '*') return true;
  if (pattern.startsWith('kontor/')) return target === pattern;
  const own =
    asPattern(pattern).exec(file)?.[0] ??
    (pattern.includes('*') ? `${file.split('/').slice(0, 2).join('/')}/` : pattern);
  return target.startsWith(own) && (pattern !== 'sdk/' || areaOf(target) === 'sdk/');
}

function asPattern(area: string): RegExp {
  return new RegExp(`^${area.replaceAll('*', '[^/]+')}`);
}

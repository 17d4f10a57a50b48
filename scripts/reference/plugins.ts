import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest } from 'kontor/sdk';
import { code, table } from './markdown.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The page docs/reference/plugins.md: what each bundled plugin adds, from its manifest. */
export function pluginsReference(): string {
  const manifests = globSync('plugins/*/plugin.json', { cwd: ROOT })
    .sort()
    .map((file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Manifest);
  return [
    '# Bundled plugins',
    '',
    'What each plugin in `plugins/` adds to the platform. Its routes are in [HTTP](http.md), its own page is its README.',
    '',
    ...manifests.flatMap(section),
  ].join('\n');
}

function section(manifest: Manifest): string[] {
  const { id, version, title, features = [], limits = [], permissions = [] } = manifest;
  return [
    `## ${id}`,
    '',
    `${title} ${version}, for kernel contract ${code(manifest.requires)}. [README](../../plugins/${id}/README.md)`,
    '',
    ...facts(manifest),
    ...part(
      ['permission', 'what it allows', 'presets that have it'],
      permissions.map((one) => [code(one.code), one.title, one.presets.join(', ')]),
    ),
    ...part(
      ['feature', 'what it is', 'lowest tier'],
      features.map((one) => [code(one.code), one.title, one.tier ?? 'all']),
    ),
    ...part(
      ['limit', 'what it caps', 'counted', 'tiers'],
      limits.map((one) => [
        code(one.code),
        one.title,
        one.per === 'month' ? 'a month' : 'in all',
        tiersOf(one.tiers),
      ]),
    ),
    ...part(['setting', 'what it is', 'type', 'when not set'], settingsOf(manifest)),
  ];
}

/** What it stands on and gives to others, a line each. */
function facts({ dependsOn, worksWith, uses, declares = {}, contributes = {} }: Manifest): string[] {
  const names = {
    'Depends on': Object.keys(dependsOn ?? {}),
    'Works with': Object.keys(worksWith ?? {}),
    Uses: uses ?? [],
    Services: declares.services ?? [],
    Events: declares.events ?? [],
    Filters: declares.filters ?? [],
    Guards: declares.guards ?? [],
    Points: declares.points ?? [],
    Jobs: declares.jobs ?? [],
    'Handles events': contributes.events ?? [],
    'Handles filters': Object.keys(contributes.filters ?? {}),
    'Handles guards': Object.keys(contributes.guards ?? {}),
    'Adds to points': contributes.points ?? [],
  };
  const lines = Object.entries(names)
    .filter(([, all]) => all.length > 0)
    .map(([kind, all]) => `- ${kind}: ${all.map(code).join(', ')}`);
  return lines.length > 0 ? [...lines, ''] : [];
}

function part(heads: readonly string[], rows: readonly string[][]): string[] {
  return rows.length > 0 ? [...table(heads, rows), ''] : [];
}

function tiersOf(tiers: Readonly<Record<string, number | null>>): string {
  return Object.entries(tiers)
    .map(([tier, most]) => `${tier} ${most ?? 'no limit'}`)
    .join(', ');
}

type Field = { title?: string; type?: string; default?: unknown; secret?: boolean };

function settingsOf({ settings }: Manifest): string[][] {
  const { properties = {} } = (settings ?? {}) as { properties?: Record<string, Field> };
  return Object.entries(properties).map(([name, { title = '', type = '', secret, default: usual }]) => [
    code(name),
    title,
    secret ? `${type}, sealed` : type,
    usual === undefined ? '' : code(JSON.stringify(usual)),
  ]);
}

import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Manifest, PluginDefinition } from 'kontor/sdk';
import t from 'tap';
import { addressOf } from '../../kernel/http/surfaces.ts';
import { root } from './pages.ts';

const SECTIONS = [
  'Addresses',
  'Settings',
  'Permissions, features and limits',
  'For other plugins',
  'Worth knowing',
];

for (const folder of globSync('plugins/*/plugin.json', { cwd: root }).map((file) => file.split('/')[1]!)) {
  t.test(`the README of ${folder} says everything, in the one order`, async (t) => {
    const file = join(root, 'plugins', folder, 'README.md');
    if (!existsSync(file)) return t.fail(`plugins/${folder} has no README.md`);
    const { title, lead, sections } = partsOf(readFileSync(file, 'utf8'));
    t.match(title, /^# \S/, 'it begins with its title');
    t.match(lead, /\S/, 'it says in a paragraph what it is good for');
    const names = [...sections.keys()];
    t.same(
      names,
      SECTIONS.filter((name) => sections.has(name)),
      'it has these sections and no others, in this order',
    );
    for (const [name, text] of sections) t.match(text, /\S/, `${name} is not empty`);

    const { settings, permissions = [], features = [], limits = [] } = manifestOf(folder);
    const codes = [...permissions, ...features, ...limits].map(({ code }) => code);
    t.same(missing(Object.keys(settings?.properties ?? {}), sections.get('Settings')), [], 'all settings');
    t.same(missing(codes, sections.get('Permissions, features and limits')), [], 'all codes');

    const named = addressesIn(sections.get('Addresses') ?? '');
    const mounted = await addressesOf(folder);
    t.same(
      mounted.filter((address) => !named.includes(address)),
      [],
      'all addresses',
    );
    t.same(
      named.filter((address) => !mounted.includes(address)),
      [],
      'no address that is not there',
    );
  });
}

function partsOf(text: string): { title: string; lead: string; sections: Map<string, string> } {
  const [head = '', ...rest] = text.split(/^## /m);
  const [title = '', ...lead] = head.split('\n');
  const sections = rest.map((one): [string, string] => {
    const end = one.indexOf('\n');
    return [one.slice(0, end), one.slice(end)];
  });
  return { title, lead: lead.join('\n'), sections: new Map(sections) };
}

function manifestOf(folder: string): Manifest & { settings?: { properties?: object } } {
  return JSON.parse(readFileSync(join(root, 'plugins', folder, 'plugin.json'), 'utf8'));
}

function missing(names: readonly string[], text = ''): string[] {
  return names.filter((name) => !text.includes(`\`${name}\``));
}

/**
 * What the tables say: `GET /x`, or `GET`, `POST /x` for two of one path. The first column's title may name what all of them
 * begin with.
 */
function addressesIn(text: string): string[] {
  let prefix = '';
  return text.split('\n').flatMap((line, index, lines) => {
    if (!line.startsWith('|')) return [];
    const cell = line.split('|')[1]!;
    if (lines[index + 1]?.startsWith('| ---')) {
      prefix = /`([^`]+)`/.exec(cell)?.[1] ?? '';
      return [];
    }
    const methods: string[] = [];
    return [...cell.matchAll(/`([A-Z]+)(?: (\/[^`]*))?`/g)].flatMap(([, method, path]) => {
      methods.push(method!);
      const address = `${prefix}${path}`.replace('{store}', ':store').replace(/\?.*/, '');
      return path ? methods.splice(0).map((one) => `${one} ${address}`) : [];
    });
  });
}

async function addressesOf(folder: string): Promise<string[]> {
  const index = pathToFileURL(join(root, 'plugins', folder, 'index.ts')).href;
  const { default: definition } = (await import(index)) as { default: PluginDefinition };
  return (definition.routes ?? []).map((route) => `${route.method} ${addressOf(folder, route)}`);
}

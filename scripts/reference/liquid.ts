import { readFile } from 'node:fs/promises';
import { EMPTY_FILTERS } from '../../plugins/storefront/render/filters/goods.ts';
import { SHOP_FILTERS } from '../../plugins/storefront/render/filters/index.ts';
import { GLOBALS } from '../../plugins/storefront/render/globals.ts';
import { DROPS, no, none, nothing } from '../../plugins/storefront/render/drops/drop.ts';
import '../../plugins/storefront/render/routes/index.ts';
import { SHOP_TAGS } from '../../plugins/storefront/render/tags/index.ts';
import { FILTERS } from '../../plugins/liquid/engine/filters/index.ts';
import { RAW, TAGS } from '../../plugins/liquid/engine/tags/index.ts';

type Names = { tags: string[]; filters: string[]; objects: Record<string, string[]> };
type State = 'works' | 'works empty' | 'not yet';

/** What themes may use, from our own list of the names that there are, and what becomes of each here. */
export async function liquidPage(): Promise<string> {
  const names = JSON.parse(await readFile(new URL('./liquid-names.json', import.meta.url), 'utf8')) as Names;
  const tags = names.tags.map((name) => [name, stateOfTag(name)] as const);
  const filters = names.filters.map((name) => [name, stateOfFilter(name)] as const);
  const objects = Object.entries(names.objects).map(([name, properties]) => ({
    name,
    state: stateOfObject(name),
    properties: properties.map((property) => [property, stateOfProperty(name, property)] as const),
  }));
  const all = [...tags, ...filters, ...objects.flatMap(({ properties }) => properties)].map(
    ([, state]) => state,
  );
  const count = (state: State) => all.filter((one) => one === state).length;
  return `${[
    '# Liquid',
    'What themes may use. *works*; *works empty*: it is there and says nothing, as we have no such thing; *not yet*: it is nothing, and nothing breaks.',
    `${count('works')} work, ${count('works empty')} work empty, ${count('not yet')} not yet.`,
    '## Tags',
    table(tags),
    '## Filters',
    table(filters),
    '## Objects',
    ...objects.flatMap(({ name, state, properties }) => [
      `### ${name}`,
      properties.length === 0 ? `${state}.` : table(properties),
    ]),
  ].join('\n\n')}\n`;
}

/** Bodies that the parser itself takes out. */
const TAKEN_OUT: readonly string[] = RAW;
/** Parts of other tags. */
const PARTS = ['else', 'when', 'elsif'];

function stateOfTag(name: string): State {
  const isKnown = name in TAGS || name in SHOP_TAGS || TAKEN_OUT.includes(name) || PARTS.includes(name);
  return isKnown ? 'works' : 'not yet';
}

function stateOfFilter(name: string): State {
  if (EMPTY_FILTERS.includes(name)) return 'works empty';
  return name in FILTERS || name in SHOP_FILTERS ? 'works' : 'not yet';
}

/** Objects that are made where they are used, of values that are there already. */
const PLAIN = [
  'forloop',
  'tablerowloop',
  'color_scheme',
  'color_scheme_group',
  'sort_option',
  'part',
  'form_errors',
  'quantity_rule',
  'unit_price_measurement',
  'image_presentation',
  'focal_point',
  'rating',
  'discount_allocation',
  'instructions',
  'predictive_search_resources',
  'metaobject',
  'metaobject_system',
  'closest',
  'variables',
  'settings',
];

function stateOfObject(name: string): State {
  if (Object.hasOwn(GLOBALS, name)) return GLOBALS[name] === none ? 'works empty' : 'works';
  return DROPS.has(name) || PLAIN.includes(name) ? 'works' : 'not yet';
}

function stateOfProperty(object: string, property: string): State {
  if (PLAIN.includes(object)) return 'works';
  const getter = DROPS.get(object)?.[property];
  if (!getter) return 'not yet';
  return EMPTY.has(getter) ? 'works empty' : 'works';
}

const EMPTY: ReadonlySet<unknown> = new Set([none, no, nothing]);

function table(rows: readonly (readonly [string, State])[]): string {
  return ['| name | |', '| --- | --- |', ...rows.map(([name, state]) => `| \`${name}\` | ${state} |`)].join(
    '\n',
  );
}

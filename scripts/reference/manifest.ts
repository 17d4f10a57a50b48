import { ManifestSchema } from 'kontor/sdk';
import { code, table } from './markdown.ts';

type Schema = {
  type?: string;
  description?: string;
  const?: unknown;
  pattern?: string;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
};
type Row = [field: string, wanted: string, needed: string, meaning: string];

/** The page docs/reference/manifest.md, from the schema that judges every plugin.json. */
export function manifestReference(): string {
  return [
    '# plugin.json',
    '',
    'The manifest of a plugin: data that is judged before any code of the plugin runs. Unknown fields are refused, with the',
    'name that was probably meant. The schema is `ManifestSchema` in `sdk/manifest.ts`.',
    '',
    ...table(['field', 'wanted', 'needed', 'what it says'], rowsOf(ManifestSchema as unknown as Schema, '')),
    '',
    'Besides the schema:',
    '',
    '- `version` is a semver version; `requires`, `dependsOn` and `worksWith` hold semver ranges.',
    '- Features, limits, permissions and jobs begin with the plugin’s id and a dot, and none is named twice.',
    '- `settings` is a valid JSON Schema of type object. `"secret": true` seals a field: it is never given back by an API.',
    '- What `declares` and `contributes` name is just what the definition in `index.ts` has, both ways.',
    '- A code, hook, point or service that two plugins declare sets the later one aside.',
    '',
  ].join('\n');
}

function rowsOf(schema: Schema, path: string): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = `${path}${name}`;
    const needed = schema.required?.includes(name) ? 'yes' : '';
    const inner = innerOf(field);
    const row: Row = [code(at), wantedOf(field), needed, field.description ?? ''];
    return [row, ...(inner ? rowsOf(inner.schema, `${at}${inner.step}.`) : [])];
  });
}

/** The object inside a field whose own fields are worth rows. */
function innerOf(field: Schema): { schema: Schema; step: string } | undefined {
  if (field.properties && Object.keys(field.properties).length > 0) return { schema: field, step: '' };
  if (field.items?.properties) return { schema: field.items, step: '[]' };
  const [value] = Object.values(field.patternProperties ?? {});
  return value?.properties ? { schema: value, step: '.{name}' } : undefined;
}

function wantedOf(field: Schema): string {
  const { type, items, patternProperties, anyOf } = field;
  if (field.const !== undefined) return code(JSON.stringify(field.const));
  if (anyOf) return anyOf.map(wantedOf).join(' or ');
  if (type === 'array')
    return `list of ${items?.properties ? 'objects' : `${wantedOf(items!)}${meaningOf(items!)}`}`;
  const [value] = Object.values(patternProperties ?? {});
  if (value)
    return `object of name to ${value.properties ? 'object' : `${wantedOf(value)}${meaningOf(value)}`}`;
  return type === 'string' ? 'text' : (type ?? 'any');
}

function meaningOf({ description }: Schema): string {
  return description ? ` (${description})` : '';
}

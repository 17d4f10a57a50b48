import { fileURLToPath } from 'node:url';
import { type Declaration, declarationsOf } from './declarations.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MODULES = { 'kontor/sdk': 'sdk/index.ts', 'kontor/sdk/testing': 'sdk/testing.ts' };

/** The page docs/reference/sdk.md: every name a plugin author can import, with its signature and its own words. */
export function sdkReference(): string {
  const modules = Object.entries(MODULES).map(([specifier, file]) => ({
    specifier,
    declarations: declarationsOf(ROOT, file),
  }));
  const anchors = anchorsOf(modules.flatMap(({ declarations }) => declarations));
  return [
    '# SDK reference',
    '',
    'Everything that can be imported from `kontor/sdk` and `kontor/sdk/testing`. Made from the doc comments and signatures in',
    '`sdk/` by `npm run gen:reference`. Words: [glossary](../glossary.md); errors: [errors](errors.md).',
    '',
    ...modules.flatMap(({ specifier, declarations }) => [
      `**\`${specifier}\`**`,
      '',
      ...byFile(declarations).map(
        ([file, all]) => `- \`${file}\`: ${all.flatMap(linksTo(anchors)).join(', ')}`,
      ),
      '',
    ]),
    ...modules.flatMap(({ specifier, declarations }) => [
      `## ${specifier}`,
      '',
      ...declarations.flatMap(entry),
    ]),
  ].join('\n');
}

/** Names without a doc comment, each with its file; there must be none. */
export function undocumented(): string[] {
  return Object.values(MODULES)
    .flatMap((file) => declarationsOf(ROOT, file))
    .filter(({ doc }) => doc === '')
    .map(({ names, file }) => `${file}: ${names.join(', ')}`);
}

function byFile(declarations: readonly Declaration[]): [string, Declaration[]][] {
  const files = new Map<string, Declaration[]>();
  for (const one of declarations) files.set(one.file, [...(files.get(one.file) ?? []), one]);
  return [...files];
}

/** Anchors as they are made of headings: in small letters, and counted where two are alike (`Money`, `money`). */
function anchorsOf(declarations: readonly Declaration[]): Map<Declaration, string> {
  const counts = new Map<string, number>();
  return new Map(
    declarations.map((one) => {
      const name = one.names.join('-').toLowerCase();
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      return [one, count === 0 ? name : `${name}-${count}`];
    }),
  );
}

function linksTo(anchors: ReadonlyMap<Declaration, string>) {
  return (one: Declaration) => one.names.map((name) => `[${name}](#${anchors.get(one)})`);
}

function entry({ names, doc, signature }: Declaration): string[] {
  const { text, params, returns, throws, example } = partsOf(doc);
  const notes = [
    ...params.map((param) => {
      const [, name, words] = /^(\S+)\s+-?\s*([\s\S]*)$/.exec(param) ?? [undefined, param, ''];
      return `- \`${name}\`: ${words}`;
    }),
    ...returns.map((words) => `- Returns ${words}`),
    ...throws.map((words) => `- Throws ${words}`),
  ];
  return [
    `### ${names.join(', ')}`,
    '',
    ...(text ? [text, ''] : []),
    '```ts',
    signature,
    '```',
    '',
    ...(notes.length > 0 ? [...notes, ''] : []),
    ...example.flatMap((code) => ['Example:', '', '```js', code, '```', '']),
  ];
}

type Parts = { text: string; params: string[]; returns: string[]; throws: string[]; example: string[] };

function partsOf(doc: string): Parts {
  const parts: Parts = { text: '', params: [], returns: [], throws: [], example: [] };
  const [text = '', ...tags] = doc.split(/(?:^|\s)@(?=(?:param|returns|throws|example)\b)/);
  parts.text = text.trim();
  for (const tag of tags) {
    const [, kind, words] = /^(\w+)\s+([\s\S]*)$/.exec(tag)!;
    const list = kind === 'param' ? parts.params : parts[kind as 'returns' | 'throws' | 'example'];
    list.push(kind === 'example' ? words!.trim() : words!.trim().replace(/[;,]$/, ''));
  }
  return parts;
}

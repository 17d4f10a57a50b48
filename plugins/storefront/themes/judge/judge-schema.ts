import type { Json } from 'kontor/sdk';
import { isObject, readJson } from '../model/lenient-json.ts';
import { type Schema, schemaBody, schemaOf } from '../model/schema.ts';
import { valueFault } from '../model/setting-values.ts';
import { error, type Finding, warning } from './findings.ts';
import { judgeSettings, type Place } from './judge-settings-list.ts';

const TAGS = ['article', 'aside', 'div', 'footer', 'header', 'section'];

/** The schema of a section or a block. @returns an error when it cannot be read, warnings for the rest */
export function judgeSchema({
  path: file,
  source,
  kind,
}: {
  path: string;
  source: string;
  kind: 'section' | 'block';
}): Finding[] {
  const body = schemaBody(source);
  if (!body)
    return /\{%-?\s*schema\b/.test(source) ? [error('brokenSchema', file, 'The schema has no end')] : [];
  if (body.text.trim() === '') return [];
  const read = readJson(body.text);
  if (!read.ok) return [error('brokenSchema', file, read.message, body.line + read.line - 1)];
  if (!isObject(read.value))
    return [error('brokenSchema', file, 'Expected a schema to be an object', body.line)];
  const place = { file, lineOf: (node: unknown) => body.line + read.lineOf(node) - 1 };
  const raw = read.value;
  return [
    ...judgeHead(raw, kind, place),
    ...judgeSettings(raw.settings, place),
    ...judgeBlocks(raw.blocks, place),
    ...judgePresets(raw, place),
  ];
}

function judgeHead(raw: Record<string, Json>, kind: 'section' | 'block', { file, lineOf }: Place): Finding[] {
  const found: Finding[] = [];
  const say = (message: string) => found.push(warning('badSchema', file, message, lineOf(raw)));
  const { tag, limit, max_blocks: most } = raw;
  if (kind === 'section' && typeof tag === 'string' && tag !== '' && !TAGS.includes(tag)) {
    say(`Expected the tag to be one of ${TAGS.join(', ')}, got '${tag}'`);
  }
  if (limit !== undefined && !(typeof limit === 'number' && limit >= 1))
    say('Expected limit to be 1 or more');
  if (most !== undefined && !(typeof most === 'number' && most >= 1 && most <= 50)) {
    say('Expected max_blocks to be from 1 to 50');
  }
  if (raw.enabled_on !== undefined && raw.disabled_on !== undefined) {
    say('Expected one of enabled_on and disabled_on');
  }
  return found;
}

function judgeBlocks(blocks: Json | undefined, place: Place): Finding[] {
  if (blocks === undefined) return [];
  const { file, lineOf } = place;
  if (!Array.isArray(blocks)) return [warning('badSchema', file, 'Expected blocks to be a list')];
  const types = new Set<string>();
  return blocks.flatMap((block) => {
    const say = (message: string) => warning('badBlock', file, message, lineOf(block));
    if (!isObject(block) || typeof block.type !== 'string') return say('Expected a block with a type');
    const isTwice = types.has(block.type);
    types.add(block.type);
    return [
      ...(isTwice ? [say(`There are two blocks '${block.type}'`)] : []),
      ...judgeSettings(block.settings, place),
    ];
  });
}

/** A preset may set only what the schema has, to what it allows. */
function judgePresets(raw: Record<string, Json>, { file, lineOf }: Place): Finding[] {
  const schema = schemaOf(raw);
  return [...schema.presets, ...(schema.default ? [schema.default] : [])].flatMap((preset) => {
    const say = (message: string) => warning('badPreset', file, message, lineOf(preset));
    return presetFaults(preset, schema).map(say);
  });
}

function presetFaults(preset: Record<string, Json>, { settings }: Schema): string[] {
  return Object.entries(isObject(preset.settings) ? preset.settings : {}).flatMap(([id, value]) => {
    const definition = settings.find((one) => one.id === id);
    if (!definition) return `A preset sets '${id}', which is no setting`;
    const wanted = valueFault(definition, value, { schemes: [] });
    return wanted === undefined ? [] : `A preset sets '${id}', which should be ${wanted}`;
  });
}

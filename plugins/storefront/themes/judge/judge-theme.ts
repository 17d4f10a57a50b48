import { blockIds, type BlockJson, type SectionJson, templateOf } from '../model/documents.ts';
import { readJson } from '../model/lenient-json.ts';
import { localeFiles } from '../model/locales.ts';
import { kindOf } from '../model/paths.ts';
import { NO_SCHEMA, type Schema } from '../model/schema.ts';
import { settingFaults } from '../model/setting-faults.ts';
import { schemasOf } from '../model/schemas-of.ts';
import { blockSchema, isAppType, type ThemeSchemas } from '../model/theme-schemas.ts';
import type { ThemeFiles } from '../zip/theme-files.ts';
import { error, type Finding, warning } from './findings.ts';
import { judgeFile } from './judge-file.ts';
import type { JudgeLiquid } from './liquid-judge.ts';

export type { JudgeLiquid } from './liquid-judge.ts';

const LAYOUT = 'layout/theme.liquid';

/** Everything that can be said of a theme before it is shown: of each file, and of what they say of one another. */
export function judgeTheme(files: ThemeFiles, liquid: JudgeLiquid): Finding[] {
  const found: Finding[] = [];
  const snippets = new Map<string, string>();
  const noting: JudgeLiquid = (source, path) => {
    const verdict = liquid(source, path);
    for (const name of verdict.snippets) if (!snippets.has(name)) snippets.set(name, path);
    return verdict;
  };
  if (!files.has(LAYOUT)) found.push(error('noLayout', LAYOUT, 'Expected the layout that every page has'));
  for (const [path, content] of files) found.push(...judgeFile({ path, content, liquid: noting }));
  for (const [name, path] of snippets) {
    if (!files.has(`snippets/${name}.liquid`) && !name.endsWith('.liquid')) {
      found.push(warning('missingSnippet', path, `There is no snippet '${name}'`));
    }
  }
  return [...found, ...judgeDocuments(files), ...judgeLocales(files)];
}

function judgeLocales(files: ThemeFiles): Finding[] {
  const { byLocale, fallback } = localeFiles([...files.keys()]);
  if (byLocale.size === 0 || fallback !== undefined) return [];
  return [warning('noDefaultLocale', 'locales', 'Expected one file such as en.default.json')];
}

/** What templates and groups name, and what they set it to. */
function judgeDocuments(files: ThemeFiles): Finding[] {
  const text = (path: string) => {
    const content = files.get(path);
    return typeof content === 'string' ? content : undefined;
  };
  const schemas = schemasOf(text);
  return [...files.keys()].flatMap((path) => {
    const kind = kindOf(path);
    const isDocument = path.endsWith('.json') && (kind === 'template' || kind === 'group');
    const read = isDocument ? readJson(text(path) ?? '') : undefined;
    const template = read?.ok ? templateOf(read.value) : undefined;
    if (!read?.ok || !template) return [];
    const raw = (read.value as { sections: Record<string, unknown> }).sections;
    return Object.entries(template.sections).flatMap(([id, section]) => {
      const say = (code: string, message: string) => warning(code, path, message, read.lineOf(raw[id]));
      return judgeSection(section, schemas).map(([code, message]) => say(code, `${id}: ${message}`));
    });
  });
}

type Fault = readonly [code: string, message: string];

function judgeSection(section: SectionJson, schemas: ThemeSchemas): Fault[] {
  const schema = schemas.section(section.type);
  if (!schema) return [['missingSection', `there is no section '${section.type}'; it is left out`]];
  return judgePart(section, schema, schemas);
}

function judgePart(part: BlockJson, schema: Schema, schemas: ThemeSchemas): Fault[] {
  const faults: Fault[] = settingFaults(schema.settings, part.settings, schemas).map((fault) => [
    'badValue',
    fault,
  ]);
  const { ordered, statics } = blockIds(part);
  if (ordered.length > schema.maxBlocks) faults.push(['manyBlocks', `more than ${schema.maxBlocks} blocks`]);
  for (const id of [...ordered, ...statics]) {
    const block = part.blocks![id]!;
    const found = blockSchema(
      { type: block.type, container: schema, isStatic: block.static === true },
      schemas,
    );
    if (found) faults.push(...judgePart(block, found, schemas));
    else if (!isAppType(block.type) && schema !== NO_SCHEMA && schema.blocks.length > 0) {
      faults.push(['missingBlock', `there is no block '${block.type}' for it; it is left out`]);
    }
  }
  return faults;
}

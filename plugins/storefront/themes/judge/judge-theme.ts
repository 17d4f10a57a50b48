import { setImmediate } from 'node:timers/promises';
import { placeOf } from '../model/document-files.ts';
import { templateOf } from '../model/documents.ts';
import { readJson } from '../model/lenient-json.ts';
import { localeFiles } from '../model/locales.ts';
import { kindOf } from '../model/paths.ts';
import { schemasOf } from '../model/schemas-of.ts';
import { templateFaults } from '../model/template-faults.ts';
import type { ThemeFiles } from '../zip/theme-files.ts';
import { error, type Finding, warning } from './findings.ts';
import { judgeFile } from './judge-file.ts';
import type { JudgeLiquid } from './liquid-judge.ts';

export type { JudgeLiquid } from './liquid-judge.ts';

const LAYOUT = 'layout/theme.liquid';

/**
 * Everything that can be said of a theme before it is shown: of each file, and of what they say of one another. Others get
 * their turn between files, as a theme may take seconds.
 */
export async function judgeTheme(files: ThemeFiles, liquid: JudgeLiquid): Promise<Finding[]> {
  const found: Finding[] = [];
  const snippets = new Map<string, string>();
  const noting: JudgeLiquid = (source, path) => {
    const verdict = liquid(source, path);
    for (const name of verdict.snippets) if (!snippets.has(name)) snippets.set(name, path);
    return verdict;
  };
  if (!files.has(LAYOUT)) found.push(error('noLayout', LAYOUT, 'Expected the layout that every page has'));
  for (const [path, content] of files) {
    found.push(...judgeFile({ path, content, liquid: noting }));
    await setImmediate();
  }
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
    const place = placeOf(path, read.value);
    return templateFaults(template, { schemas, place }).map(({ code, section, message }) =>
      warning(code, path, section ? `${section}: ${message}` : message, read.lineOf(raw[section])),
    );
  });
}

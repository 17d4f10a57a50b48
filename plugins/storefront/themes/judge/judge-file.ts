import { kindOf } from '../model/paths.ts';
import type { Finding } from './findings.ts';
import { error } from './findings.ts';
import type { JudgeLiquid } from './liquid-judge.ts';
import { judgeLocale } from './judge-locale.ts';
import { judgeSchema } from './judge-schema.ts';
import { judgeSettingsData, judgeSettingsSchema } from './judge-settings.ts';
import { judgeTemplate } from './judge-template.ts';

/** What can be said of a file by itself. */
export function judgeFile({
  path,
  content,
  liquid,
}: {
  path: string;
  content: string | Buffer;
  liquid: JudgeLiquid;
}): Finding[] {
  if (typeof content !== 'string') return [];
  const kind = kindOf(path);
  const found: Finding[] = [];
  if (path.endsWith('.liquid')) found.push(...liquid(content, path).findings);
  switch (kind) {
    case 'section':
    case 'block':
      return [...found, ...judgeSchema({ path, source: content, kind })];
    case 'template':
    case 'group':
      return path.endsWith('.json') ? judgeTemplate({ path, text: content, kind }) : found;
    case 'settingsSchema':
      return judgeSettingsSchema(path, content);
    case 'settingsData':
      return judgeSettingsData(path, content);
    case 'locale':
    case 'schemaLocale':
      return judgeLocale(path, content);
    case 'layout':
      return [...found, ...judgeLayout(path, content)];
    default:
      return found;
  }
}

/** Without it nothing of a page would be in it; pages without a head of ours do without what plugins add there. */
function judgeLayout(path: string, source: string): Finding[] {
  if (path !== 'layout/theme.liquid' || /content_for_layout/.test(source)) return [];
  return [error('noContent', path, 'Expected {{ content_for_layout }}, where the page itself goes')];
}

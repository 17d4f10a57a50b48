import type { Json } from 'kontor/sdk';
import { isObject } from '../model/lenient-json.ts';
import type { SettingDefinition } from '../model/setting-types.ts';
import { isKnownType, SIDEBAR, valueFault } from '../model/setting-values.ts';
import { type Finding, warning } from './findings.ts';

/** Where something stands in a file. */
export type Place = { readonly file: string; readonly lineOf: (node: unknown) => number };

const MOST_STEPS = 101; // what a slider can show

/**
 * What is wrong with a list of settings of a schema. None of it keeps a page from being shown, so that all are warnings: a theme
 * from elsewhere may know types that came later.
 */
export function judgeSettings(settings: Json | undefined, { file, lineOf }: Place): Finding[] {
  if (settings === undefined) return [];
  if (!Array.isArray(settings)) return [warning('badSettings', file, 'Expected settings to be a list')];
  const ids = new Set<string>();
  return settings.flatMap((setting) => {
    const say = (code: string, message: string) => warning(code, file, message, lineOf(setting));
    if (!isObject(setting) || typeof setting.type !== 'string') {
      return say('badSetting', 'Expected a setting with a type');
    }
    if (!isKnownType(setting.type))
      return say('unknownSetting', `There is no setting type '${setting.type}'`);
    if (SIDEBAR.includes(setting.type)) return [];
    if (typeof setting.id !== 'string' || setting.id === '') {
      return say('badSetting', `Expected the ${setting.type} setting to have an id`);
    }
    const isTwice = ids.has(setting.id);
    ids.add(setting.id);
    return [
      ...(isTwice ? [say('sameSetting', `There are two settings '${setting.id}'`)] : []),
      ...defaultFaults(setting as SettingDefinition).map((fault) => say('badSetting', fault)),
    ];
  });
}

function defaultFaults(setting: SettingDefinition): string[] {
  const { id, type, options, min, max, step = 1 } = setting;
  const isChoice = type === 'select' || type === 'radio';
  if (isChoice && (!Array.isArray(options) || options.length === 0)) return [`'${id}' needs options`];
  if (type === 'range') {
    if (typeof min !== 'number' || typeof max !== 'number' || min >= max)
      return [`'${id}' needs a min below its max`];
    if (typeof step !== 'number' || step <= 0) return [`'${id}' needs a step above 0`];
    if ((max - min) / step + 1 > MOST_STEPS) return [`'${id}' has more than ${MOST_STEPS} steps`];
  }
  if (setting.default === undefined || setting.default === null) return [];
  const wanted = valueFault(setting, setting.default, { schemes: [] });
  return wanted === undefined ? [] : [`the default of '${id}' should be ${wanted}`];
}

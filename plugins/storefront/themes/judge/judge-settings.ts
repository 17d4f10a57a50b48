import { isObject, readJson } from '../model/lenient-json.ts';
import { error, type Finding, warning } from './findings.ts';
import { judgeSettings } from './judge-settings-list.ts';

/** `config/settings_schema.json` by itself. */
export function judgeSettingsSchema(file: string, text: string): Finding[] {
  const read = readJson(text);
  if (!read.ok) return [error('brokenJson', file, read.message, read.line)];
  const { value, lineOf } = read;
  if (!Array.isArray(value)) return [error('brokenSettings', file, 'Expected a list of groups of settings')];
  const groups = value.filter(isObject);
  const settings = groups.flatMap((group) => (Array.isArray(group.settings) ? group.settings : []));
  const schemes = settings.filter((one) => isObject(one) && one.type === 'color_scheme_group');
  const found = judgeSettings(settings, { file, lineOf });
  if (schemes.length > 1) {
    found.push(warning('manySchemeGroups', file, 'Expected one color_scheme_group', lineOf(schemes[1])));
  }
  return found;
}

/** `config/settings_data.json` by itself. */
export function judgeSettingsData(file: string, text: string): Finding[] {
  const read = readJson(text);
  if (!read.ok) return [error('brokenJson', file, read.message, read.line)];
  const { value } = read;
  if (!isObject(value)) return [error('brokenSettings', file, 'Expected an object with current')];
  const { current, presets } = value;
  if (typeof current === 'string' && !(isObject(presets) && isObject(presets[current]))) {
    return [warning('missingPreset', file, `'current' names the preset '${current}', which is not there`)];
  }
  return [];
}

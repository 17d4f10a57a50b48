import type { Json } from 'kontor/sdk';
import { isObject, readJson } from '../model/lenient-json.ts';
import { error, type Finding, warning } from './findings.ts';

/** Texts of one language: nothing but texts, in groups. */
export function judgeLocale(file: string, text: string): Finding[] {
  const read = readJson(text);
  if (!read.ok) return [error('brokenJson', file, read.message, read.line)];
  if (!isObject(read.value)) return [error('brokenLocale', file, 'Expected an object of texts')];
  return othersThanTexts(read.value, '').map(({ key, group }) =>
    warning('badText', file, `Expected '${key}' to be a text`, read.lineOf(group)),
  );
}

function othersThanTexts(
  group: Record<string, Json>,
  prefix: string,
): { key: string; group: Record<string, Json> }[] {
  return Object.entries(group).flatMap(([name, value]) => {
    const key = `${prefix}${name}`;
    if (isObject(value)) return othersThanTexts(value, `${key}.`);
    return typeof value === 'string' ? [] : [{ key, group }];
  });
}

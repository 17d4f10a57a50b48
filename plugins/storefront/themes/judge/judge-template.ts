import { isObject, readJson } from '../model/lenient-json.ts';
import { templateOf } from '../model/documents.ts';
import { error, type Finding, warning } from './findings.ts';

const MOST_SECTIONS = 25;

/** A template or a section group by itself. */
export function judgeTemplate({
  path: file,
  text,
  kind,
}: {
  path: string;
  text: string;
  kind: 'template' | 'group';
}): Finding[] {
  const read = readJson(text);
  if (!read.ok) return [error('brokenJson', file, read.message, read.line)];
  const template = templateOf(read.value);
  if (!template) return [error('brokenTemplate', file, 'Expected an object with sections and order')];
  const { value, lineOf } = read;
  const raw = value as Record<string, unknown>;
  const say = (code: string, message: string, node: unknown) => warning(code, file, message, lineOf(node));
  const found: Finding[] = [];
  if (kind === 'group' && typeof raw.type !== 'string') found.push(say('badGroup', 'Expected a type', raw));
  const named = Array.isArray(raw.order) ? raw.order : [];
  for (const id of named) {
    if (!Object.hasOwn(template.sections, String(id))) {
      found.push(
        say('missingSection', `The order names '${id}', which is not among the sections`, raw.order),
      );
    }
  }
  for (const [id, section] of Object.entries(
    isObject(value) && isObject(value.sections) ? value.sections : {},
  )) {
    if (!Object.hasOwn(template.sections, id))
      found.push(say('badSection', `The section '${id}' has no type`, section));
  }
  if (template.order.length > MOST_SECTIONS) {
    found.push(say('manySections', `Expected at most ${MOST_SECTIONS} sections`, raw));
  }
  return found;
}

import type { Id, Json, MetafieldValidations } from 'kontor/sdk';
import { sanitise } from './sanitise.ts';

/** What a value points at, to be looked for before it is kept. */
export type Reference = { kind: 'product' | 'file' | 'metaobject'; id: Id; type?: string };
/** A value as it is kept, or why it is none, as a word that `refusal.badValue` is told with. */
export type Checked = { value: Json; references: Reference[] } | { fault: string };

type Check = (value: unknown, rules: MetafieldValidations) => Checked;

/** Values in a list. */
const MOST = 256;
const TEXT = 65_536; // characters

/** Single types, each with what makes a value of it. */
const CHECKS = {
  single_line_text: (value, rules) =>
    isText(value) && !/[\r\n]/.test(value) ? text(value, rules) : fault('a line of text'),
  multi_line_text: (value, rules) => (isText(value) ? text(value, rules) : fault('a text')),
  rich_text: (value, rules) => (isText(value) ? text(sanitise(value), rules) : fault('HTML as text')),
  number_integer: (value, rules) =>
    Number.isSafeInteger(value) ? number(value as number, rules) : fault('a whole number'),
  number_decimal: (value, rules) => decimal(value, rules),
  rating: (value, rules) =>
    isNumber(value) ? number(value, { min: 1, max: 5, ...rules }) : fault('a number'),
  boolean: (value) => (typeof value === 'boolean' ? kept(value) : fault('true or false')),
  date: (value) => (isText(value) && isDay(value) ? kept(value) : fault('a day such as 2026-11-23')),
  date_time: (value) =>
    isText(value) && isTime(value)
      ? kept(new Date(value).toISOString())
      : fault('a time such as 2026-11-23T10:00:00Z'),
  url: (value) =>
    isText(value) && isAddress(value)
      ? kept(value)
      : fault('an address that begins with http, https, mailto or tel'),
  color: (value) =>
    isText(value) && /^#[0-9a-f]{6}$/i.test(value)
      ? kept(value.toLowerCase())
      : fault('a colour such as #a1b2c3'),
  json: (value) =>
    JSON.stringify(value)?.length <= TEXT ? kept(value as Json) : fault('JSON of 64 kB at most'),
  weight: (value, rules) => measure(value, rules, ['g', 'kg', 'oz', 'lb']),
  dimension: (value, rules) => measure(value, rules, ['mm', 'cm', 'm', 'in', 'ft']),
  money: (value) => money(value),
  product_reference: (value) => reference(value, 'product'),
  file_reference: (value) => reference(value, 'file'),
  metaobject_reference: (value, { metaobject }) => reference(value, 'metaobject', metaobject),
} as const satisfies Record<string, Check>;

type Single = keyof typeof CHECKS;
const NEVER_IN_LISTS: readonly string[] = ['boolean', 'json', 'rich_text'] satisfies Single[];
const singles = Object.keys(CHECKS) as Single[];

/** Every type a field may have: single ones, and lists of nearly all of them. */
export const METAFIELD_TYPES: readonly string[] = [
  ...singles,
  ...singles.filter((type) => !NEVER_IN_LISTS.includes(type)).map((type) => `list.${type}`),
];

/** Whether a value is one of a type, within the bounds of its definition. */
export function checkValue(type: string, value: unknown, rules: MetafieldValidations = {}): Checked {
  if (!type.startsWith('list.')) return checkOne(type as Single, value, rules);
  if (!Array.isArray(value) || value.length > MOST) return fault(`a list of ${MOST} at most`);
  const checked = value.map((one) => checkOne(type.slice(5) as Single, one, rules));
  const wrong = checked.find((one) => 'fault' in one);
  if (wrong) return wrong;
  const right = checked as Exclude<Checked, { fault: string }>[];
  return { value: right.map((one) => one.value), references: right.flatMap(({ references }) => references) };
}

/** The first thing wrong with a definition's bounds; undefined when they can be kept. */
export function badValidations(
  type: string,
  { min, max, choices, metaobject }: MetafieldValidations,
): string | undefined {
  if (min !== undefined && max !== undefined && min > max) return 'min is above max';
  if (choices && !type.endsWith('single_line_text')) return 'choices are for single_line_text';
  if (metaobject !== undefined && !type.endsWith('metaobject_reference'))
    return 'metaobject is for metaobject_reference';
  return undefined;
}

function checkOne(type: Single, value: unknown, rules: MetafieldValidations): Checked {
  return (CHECKS[type] as Check)(value, rules);
}

function kept(value: Json): Checked {
  return { value, references: [] };
}

function fault(wanted: string): Checked {
  return { fault: wanted };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= TEXT;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function text(value: string, { min = 0, max = TEXT, choices }: MetafieldValidations): Checked {
  if (choices && !choices.includes(value)) return fault(`one of ${choices.join(', ')}`);
  return value.length >= min && value.length <= max ? kept(value) : fault(`${min} to ${max} characters`);
}

function number(value: number, { min = -Infinity, max = Infinity }: MetafieldValidations): Checked {
  return value >= min && value <= max ? kept(value) : fault(`a number from ${min} to ${max}`);
}

/** Kept as text, so that no digit is lost. */
function decimal(value: unknown, rules: MetafieldValidations): Checked {
  const digits = isNumber(value) ? String(value) : value;
  if (!isText(digits) || !/^-?\d{1,13}(\.\d{1,9})?$/.test(digits))
    return fault('a decimal number such as 1.25');
  const within = number(Number(digits), rules);
  return 'fault' in within ? within : kept(digits);
}

function measure(value: unknown, rules: MetafieldValidations, units: readonly string[]): Checked {
  const { value: size, unit, ...others } = (value ?? {}) as Record<string, unknown>;
  if (!isNumber(size) || size < 0 || !units.includes(unit as string) || Object.keys(others).length > 0)
    return fault(`{ value, unit }, the unit one of ${units.join(', ')}`);
  const within = number(size, rules);
  return 'fault' in within ? within : kept({ value: size, unit: unit as string });
}

function money(value: unknown): Checked {
  const { amount, currency, ...others } = (value ?? {}) as Record<string, unknown>;
  const isMoney = Number.isSafeInteger(amount) && isText(currency) && /^[A-Z]{3}$/.test(currency);
  if (!isMoney || Object.keys(others).length > 0)
    return fault('{ amount, currency }, the amount in whole minor units');
  return kept({ amount: amount as number, currency: currency as string });
}

function reference(value: unknown, kind: Reference['kind'], type?: string): Checked {
  if (!Number.isSafeInteger(value) || (value as number) < 1) return fault('the id of what it points at');
  const id = value as Id;
  return { value: id, references: [{ kind, id, ...(type === undefined ? {} : { type }) }] };
}

function isDay(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    Number.isFinite(time) &&
    new Date(time).toISOString().startsWith(value)
  );
}

function isTime(value: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
    isDay(value.slice(0, 10)) &&
    Number.isFinite(Date.parse(value))
  );
}

function isAddress(value: string): boolean {
  return URL.canParse(value) && ['http:', 'https:', 'mailto:', 'tel:'].includes(new URL(value).protocol);
}

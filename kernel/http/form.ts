import { httpErrors } from './errors.ts';

const MAX_FIELDS = 1000;
type Fields = Record<string, unknown>;

/**
 * Reads a form as themes send it: `a=1`, lists as `ids[]=1`, objects as `attributes[note]=x`, `items[0][id]=7`.
 *
 * @throws KERNEL_ERR_INPUT for more than 1,000 fields, or names more than five deep
 */
export function parseForm(text: string): Fields {
  const fields = [...new URLSearchParams(text)].map(
    ([name, value]) => [name.replaceAll(']', '').split('['), value] as const,
  );
  const isStrange = ([path]: (typeof fields)[0]) =>
    path.length > 5 || path.some((step) => step in Object.prototype);
  if (fields.length > MAX_FIELDS || fields.some(isStrange)) {
    throw new httpErrors.KERNEL_ERR_INPUT(
      'Expected a form of at most 1,000 fields, with plain names at most five deep',
    );
  }
  const form: Fields = {};
  for (const [path, value] of fields) put(form, path, value);
  return listed(form) as Fields;
}

function put(target: Fields, [step, ...rest]: string[], value: string): void {
  const key = step === '' ? String(Object.keys(target).length) : step!;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  if (typeof target[key] !== 'object') target[key] = {};
  put(target[key] as Fields, rest, value);
}

/** Objects whose names are 0, 1, 2... are lists. */
function listed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, listed(item)] as const);
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

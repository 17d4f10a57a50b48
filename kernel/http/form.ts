import { httpErrors } from './errors.ts';

const MAX_FIELDS = 1000;
const MAX_DEPTH = 32;
type Fields = Record<string, unknown>;

/**
 * Reads a form as themes send it: `a=1`, lists as `ids[]=1`, objects as `attributes[note]=x`, `items[0][id]=7`.
 *
 * @throws KERNEL_ERR_INPUT for more than 1,000 fields, or names more than five deep
 */
export function parseForm(text: string): Fields {
  const form: Fields = {};
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.replaceAll(']', '').split('[');
    count += 1;
    if (count > MAX_FIELDS || path.length > 5 || path.some((step) => step in Object.prototype)) {
      throw new httpErrors.KERNEL_ERR_INPUT(
        'Expected a form of at most 1,000 fields, with plain names at most five deep',
      );
    }
    put(form, path, value);
  }
  return listed(form) as Fields;
}

/** @throws KERNEL_ERR_INPUT when lists and objects stand in one another more than 32 deep */
export function checkDepth(value: unknown, left = MAX_DEPTH): void {
  if (typeof value !== 'object' || value === null) return;
  if (left === 0)
    throw new httpErrors.KERNEL_ERR_INPUT(`Expected JSON at most ${MAX_DEPTH} levels deep; flatten it`);
  for (const item of Object.values(value)) checkDepth(item, left - 1);
}

function put(target: Fields, [step, ...rest]: string[], value: string): void {
  const key = step === '' ? String(Object.keys(target).length) : step!;
  if (rest.length === 0) target[key] = value;
  else {
    if (typeof target[key] !== 'object') target[key] = {};
    put(target[key] as Fields, rest, value);
  }
}

/** Objects whose names are 0, 1, 2... are lists. */
function listed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, listed(item)] as const);
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

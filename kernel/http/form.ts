import { parse } from 'qs';
import { httpErrors } from './errors.ts';

const MAX_FIELDS = 1000;
const STRANGE = new RegExp(`(^|[&[]|%5b)(${Object.getOwnPropertyNames(Object.prototype).join('|')})\\b`, 'i');
const LIMITS = { depth: 4, strictDepth: true, parameterLimit: MAX_FIELDS, arrayLimit: MAX_FIELDS };

/**
 * Reads a form as themes send it: `a=1`, lists as `ids[]=1`, objects as `attributes[note]=x`, `items[0][id]=7`.
 *
 * @throws KERNEL_ERR_INPUT for more than 1,000 fields, or names more than five deep
 */
export function parseForm(text: string): Record<string, unknown> {
  try {
    if (STRANGE.test(text)) throw new RangeError('a name that is not plain');
    return parse(text, { ...LIMITS, throwOnLimitExceeded: true });
  } catch (cause) {
    const wanted = 'Expected a form of at most 1,000 fields, with plain names at most five deep';
    throw new httpErrors.KERNEL_ERR_INPUT(wanted, { cause });
  }
}

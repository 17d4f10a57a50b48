import { Fault } from '../faults.ts';
import { get } from '../values/get.ts';
import { isNumeric } from '../values/float.ts';
import { isDrop, isHash, plainOf } from '../values/kinds.ts';
import { spendComparison } from '../meter.ts';
import { jsonOf } from '../values/json.ts';
import { textOf } from '../values/text.ts';

/** A property of an entry of a list, for filters that are given its name. */
export function propertyOf(item: unknown, key: unknown): unknown {
  if (isHash(item) || isDrop(item)) return get(item, key);
  throw new Fault(`cannot select the property '${textOf(key).slice(0, 100)}'`);
}

/** What an entry is told apart by: the same texts, numbers and plain data are one. */
export function keyOf(value: unknown): unknown {
  const plain = plainOf(value);
  if (typeof plain === 'string') spendComparison(plain, plain);
  if (typeof plain !== 'object' || plain === null || isDrop(plain)) return plain;
  return isNumeric(plain) ? `float ${Number(plain)}` : `data ${jsonOf(plain)}`;
}

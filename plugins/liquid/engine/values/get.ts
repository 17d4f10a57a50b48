import type { LiquidDrop } from 'kontor/sdk';
import { spend } from '../meter.ts';
import { isNumeric } from './float.ts';
import { isDrop, plainOf } from './kinds.ts';
import { Range } from './range.ts';
import { textOf } from './text.ts';

/**
 * The one place where a property is read: own keys of plain data, and what a drop answers. Never a prototype, never a function;
 * the values of the language keep their fields private, so that they have no keys.
 */
export function get(object: unknown, key: unknown): unknown {
  if (typeof object !== 'object' || object === null)
    return typeof object === 'string' ? ofText(object, key) : undefined;
  if (Array.isArray(object)) return ofList(object, plainOf(key));
  if (isDrop(object)) return ofDrop(object, key);
  if (key === null || key === undefined) return undefined;
  const name = typeof key === 'string' ? key : textOf(key);
  if (Object.hasOwn(object, name)) {
    const value: unknown = (object as Record<string, unknown>)[name];
    return typeof value === 'function' ? undefined : value;
  }
  return object instanceof Range ? ofRange(object, name) : ofNoSuchKey(object, name);
}

function ofText(text: string, key: unknown): unknown {
  if (key === 'size') return text.length;
  if (key === 'first') return text.slice(0, 1);
  return key === 'last' ? text.slice(-1) : undefined;
}

function ofList(list: readonly unknown[], key: unknown): unknown {
  if (isNumeric(key)) return list.at(Math.trunc(Number(key)));
  if (key === 'size') return list.length;
  if (key === 'first') return list[0];
  return key === 'last' ? list.at(-1) : undefined;
}

function ofDrop(drop: LiquidDrop, key: unknown): unknown {
  const name = typeof key === 'string' ? key : textOf(plainOf(key));
  const value = drop.liquidGet(name);
  if (value !== undefined) return typeof value === 'function' ? undefined : value;
  if (isNumeric(key) || name === 'first' || name === 'last') return ofList(drop.liquidItems?.() ?? [], key);
  return name === 'size' ? (drop.liquidSize ?? drop.liquidItems?.().length) : undefined;
}

function ofRange(range: Range, name: string): unknown {
  if (name === 'size') return range.length;
  if (name === 'first') return range.first;
  return name === 'last' ? range.last : undefined;
}

/** A hash without such a key may still be asked for its size and its first pair. */
function ofNoSuchKey(hash: object, name: string): unknown {
  if (name !== 'size' && name !== 'first') return undefined;
  const keys = Object.keys(hash);
  spend(keys.length);
  if (name === 'size') return keys.length;
  return keys.length === 0 ? undefined : [keys[0], get(hash, keys[0])];
}

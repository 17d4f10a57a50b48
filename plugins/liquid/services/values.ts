import type { LiquidRun, LiquidValues } from 'kontor/sdk';
import { dateText } from '../engine/filters/date.ts';
import { escapeHtml } from '../engine/filters/html.ts';
import { isBlank, isEqual, isTruthy } from '../engine/values/compare.ts';
import { float } from '../engine/values/float.ts';
import { get } from '../engine/values/get.ts';
import { jsonOf } from '../engine/values/json.ts';
import { listOf } from '../engine/values/list.ts';
import { numberOf } from '../engine/values/numbers.ts';
import { textOf } from '../engine/values/text.ts';

type Now = Pick<LiquidRun, 'locale' | 'timeZone' | 'now'>;

export const values: LiquidValues = Object.freeze({
  text: textOf,
  number: (value: unknown) => Number(numberOf(value)),
  float,
  list: listOf,
  get,
  isTruthy,
  isBlank,
  isEqual,
  json: jsonOf,
  escape: escapeHtml,
  date: (value: unknown, pattern: string, run: Now) => textOf(dateText(value, pattern, run)),
});

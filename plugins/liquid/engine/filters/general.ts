import type { LiquidFilter } from 'kontor/sdk';
import { isEmpty } from '../values/compare.ts';
import { jsonOf } from '../values/json.ts';
import { EMPTY } from '../values/special.ts';
import { date } from './date.ts';

export const GENERAL: Readonly<Record<string, LiquidFilter>> = {
  date,
  default: (input, { args: [other = ''], named }) => {
    if (input === false) return named.allow_false === true ? input : other;
    return input === null || input === undefined || input === EMPTY || isEmpty(input) ? other : input;
  },
  json: (input) => jsonOf(input),
};

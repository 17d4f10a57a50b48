import type { LiquidFilter } from 'kontor/sdk';
import { ENCODING } from './encoding.ts';
import { GENERAL } from './general.ts';
import { HTML } from './html.ts';
import { LISTS } from './lists.ts';
import { MATHS } from './maths.ts';
import { TEXTS } from './texts.ts';

/** The filters of the language: those that know nothing of shops. */
export const FILTERS: Readonly<Record<string, LiquidFilter>> = {
  ...MATHS,
  ...TEXTS,
  ...ENCODING,
  ...HTML,
  ...LISTS,
  ...GENERAL,
};

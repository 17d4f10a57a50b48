import type { LiquidFilter } from 'kontor/sdk';
import { COLOURS } from './colours.ts';
import { GOODS } from './goods.ts';
import { IMAGES } from './images.ts';
import { MONEY } from './money.ts';
import { TEXTS } from './texts.ts';
import { URLS } from './urls.ts';

/** The filters that know of shops. */
export const SHOP_FILTERS: Readonly<Record<string, LiquidFilter>> = {
  ...MONEY,
  ...IMAGES,
  ...URLS,
  ...TEXTS,
  ...COLOURS,
  ...GOODS,
};

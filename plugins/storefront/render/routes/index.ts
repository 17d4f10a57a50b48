import type { Route } from 'kontor/sdk';
import { assetRoutes } from './assets.ts';
import { cartRoutes } from './cart.ts';
import { dataRoutes } from './data.ts';
import { pageRoutes } from './pages.ts';
import { smallRoutes } from './small.ts';

/** Everything that a theme has addresses for; the plain pages stand behind them. */
export const windowRoutes: readonly Route[] = [
  ...pageRoutes,
  ...cartRoutes,
  ...dataRoutes,
  ...assetRoutes,
  ...smallRoutes,
];

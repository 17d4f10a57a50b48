import { definePlugin, defineRoutes, Type } from 'kontor/sdk';
import './contract.ts';
import { windowRoutes } from './render/routes/index.ts';
import { asset, icon } from './routes/assets.ts';
import { tidyThemes } from './themes/jobs/tidy-themes.ts';
import { dropLeftovers } from './themes/library/take-in.ts';
import { createThemes } from './themes/library/themes.ts';
import { themeRoutes } from './themes/routes/index.ts';

export default definePlugin({
  services: { themes: (services) => createThemes(services) },
  declares: {
    events: {
      'theme.published': { payload: Type.Object({ themeId: Type.Integer(), number: Type.Integer() }) },
    },
  },
  jobs: { 'storefront.tidy-themes': tidyThemes },
  routes: defineRoutes([...themeRoutes, ...windowRoutes, asset, icon]),
  start: dropLeftovers,
});

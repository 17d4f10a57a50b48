import { definePlugin, defineRoutes } from 'kontor/sdk';
import { describePlatform } from './routes/describe-platform.ts';

export default definePlugin({
  routes: defineRoutes([describePlatform()]),
});

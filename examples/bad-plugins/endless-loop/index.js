import { setImmediate as turn } from 'node:timers/promises';
import { definePlugin, route, Type } from 'kontor/sdk';

/** Never ends, but lets others work meanwhile, so that its time budget can end it. */
async function goRound(_turns, { database }) {
  for (;;) {
    await turn();
    await database.query('select 1 as one');
  }
}

export default definePlugin({
  declares: { filters: { 'carousel.turns': { value: Type.Integer(), budget: 50 } } },
  filters: { 'carousel.turns': goRound },
  routes: [
    route({
      method: 'GET',
      path: '/carousel',
      surface: 'shop',
      access: 'anyone',
      handler: async (_request, { hooks }) => ({ turns: await hooks.filter('carousel.turns', 0) }),
    }),
  ],
});

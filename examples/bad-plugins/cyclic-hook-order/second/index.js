import { definePlugin } from 'kontor/sdk';

export default definePlugin({
  filters: { 'queue.turn': (turn) => `${turn}, no, me` },
});

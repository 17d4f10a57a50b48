import { definePlugin } from 'kontor/sdk';

export default definePlugin({
  // Waits for an answer that nobody gives.
  start: () => new Promise(() => {}),
});

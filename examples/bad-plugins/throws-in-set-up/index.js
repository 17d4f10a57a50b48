import { definePlugin } from 'kontor/sdk';

export default definePlugin({
  start() {
    throw new Error('the key of the weather service is missing');
  },
});

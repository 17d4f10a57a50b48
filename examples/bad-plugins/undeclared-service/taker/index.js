import { definePlugin } from 'kontor/sdk';

export default definePlugin({
  services: { pocket: ({ treasure }) => ({ gold: () => treasure.gold() }) },
});

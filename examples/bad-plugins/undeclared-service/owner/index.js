import { definePlugin } from 'kontor/sdk';

export default definePlugin({
  services: { treasure: () => ({ gold: () => 7 }) },
});

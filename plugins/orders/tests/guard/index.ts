import { definePlugin } from 'kontor/sdk';

export default definePlugin({
  guards: {
    'order.place': ({ email }) => (email === 'banned@example.lu' ? { refuse: 'banned' } : undefined),
  },
});

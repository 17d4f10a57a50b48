import { definePlugin, Type } from 'kontor/sdk';

const args = Type.Object({});

/** Two types that fail, and one that does as it should. */
export default definePlugin({
  points: {
    shippingRates: [
      { code: 'carrier-down', title: 'Down', args, quote: () => Promise.reject(new Error('ECONNREFUSED')) },
      { code: 'carrier-odd', title: 'Odd', args, quote: () => 1.5 },
      { code: 'carrier', title: 'By piece', args, quote: async (_, { lines }) => 100 * (lines.length + 1) },
    ],
  },
});

import { definePlugin, Type } from 'kontor/sdk';

export default definePlugin({
  declares: { filters: { 'queue.turn': { value: Type.String() } } },
  filters: { 'queue.turn': (turn) => `${turn}, me first` },
});

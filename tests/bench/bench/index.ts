import { definePlugin, route, Type } from 'kontor/sdk';
import './contract.ts';
import { heard } from './heard.ts';

const payload = Type.Object({ number: Type.Integer() });
const line = Type.Object({ id: Type.Integer(), amount: Type.Integer() });
const value = Type.Object({ amount: Type.Integer(), lines: Type.Array(line) });

export default definePlugin({
  declares: {
    events: { 'bench.happened': { payload } },
    filters: { 'bench.value': { value }, 'bench.untouched': { value } },
  },
  routes: [
    route({
      method: 'GET',
      path: '/bench',
      surface: 'store',
      access: { permission: 'bench.read' },
      handler: ({ store, actor }) => ({ store: store.handle, kind: actor.kind }),
    }),
  ],
  events: { 'bench.happened': ({ payload: { number } }) => void heard.emit('event', number) },
  jobs: {
    'bench.count': {
      payload,
      perStore: 50,
      handler: ({ payload: { number } }) => void heard.emit('job', number),
    },
  },
});

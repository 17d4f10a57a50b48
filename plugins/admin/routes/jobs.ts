import { ok, refused, route, Type } from 'kontor/sdk';
import { forAdmins, id } from './shared.ts';

const states = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
const oneJob = Type.Object({ id: Type.String({ pattern: '^[0-9A-Fa-f-]{1,40}$' }) });

export const listJobs = route({
  ...forAdmins,
  method: 'GET',
  path: '/jobs',
  summary: 'Jobs of all stores, newest first; failed ones are the dead letters',
  query: Type.Object({
    storeId: Type.Optional(id),
    state: Type.Optional(Type.Union(states.map((state) => Type.Literal(state)))),
    name: Type.Optional(Type.String()),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  handler: async ({ query }, { administration }) => ({ jobs: await administration.jobs.list(query) }),
});

export const retryJob = route({
  ...forAdmins,
  method: 'POST',
  path: '/jobs/:id/retry',
  summary: 'Runs a failed job again',
  params: oneJob,
  refusals: { notFailed: 409 },
  handler: async ({ params }, { administration }) =>
    (await administration.jobs.retry(params.id)) ? ok() : refused('notFailed'),
});

export const cancelJob = route({
  ...forAdmins,
  method: 'POST',
  path: '/jobs/:id/cancel',
  summary: 'Takes a waiting job out, or asks a running one to stop',
  params: oneJob,
  refusals: { finished: 409 },
  handler: async ({ params }, { administration }) =>
    (await administration.jobs.cancel(params.id)) ? ok() : refused('finished'),
});

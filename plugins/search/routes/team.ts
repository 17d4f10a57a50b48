import { route } from 'kontor/sdk';
import { synonyms } from './search-schemas.ts';

const forTeam = { surface: 'store', access: { permission: 'search.manage' } } as const;
const HOUR = 3_600_000; // ms

const readSynonyms = route({
  ...forTeam,
  method: 'GET',
  path: '/search/synonyms',
  summary: 'Sets of words that mean the same',
  handler: async (_, { settings }) => ({ synonyms: (await settings.get<{ synonyms: object[] }>()).synonyms }),
});

const writeSynonyms = route({
  ...forTeam,
  method: 'PUT',
  path: '/search/synonyms',
  summary: 'Sets the words that mean the same, all of them at once',
  body: synonyms,
  async handler({ body }, { settings }) {
    const set = await settings.set(body);
    return set.ok ? body : set;
  },
});

const startReindex = route({
  ...forTeam,
  method: 'POST',
  path: '/search/reindex',
  summary: 'Indexes every product again, as a job; the one that waits already when there is one',
  rateLimit: { max: 20, window: HOUR, per: 'store' },
  async handler({ reply }, { jobs }) {
    reply.status(202);
    return { jobId: await jobs.send('search.reindex', {}, { key: 'reindex' }) };
  },
});

const readReindex = route({
  ...forTeam,
  method: 'GET',
  path: '/search/reindex',
  summary: 'The last times it was indexed, with progress',
  handler: async (_, { jobs }) => ({ jobs: await jobs.list({ name: 'search.reindex', limit: 10 }) }),
});

export const teamRoutes = [readSynonyms, writeSynonyms, startReindex, readReindex];

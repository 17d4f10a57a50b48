import { route } from 'kontor/sdk';
import { forAdmins } from './shared.ts';

export const health = route({
  ...forAdmins,
  method: 'GET',
  path: '/health',
  summary: 'What is not ready, and which plugins are set aside, in words',
  handler: async (_request, { administration: { readiness, plugins } }) => {
    const notReady = await readiness.report();
    const setAside = (await plugins.list()).filter(({ quarantine }) => quarantine !== undefined);
    return { ready: notReady.length === 0, notReady, setAside };
  },
});

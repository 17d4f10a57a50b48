import { route, Type } from 'kontor/sdk';
import { code, forAdmins, id } from './shared.ts';

const change = Type.Object({
  action: Type.Union([Type.Literal('enable'), Type.Literal('disable')]),
  plugin: code,
  scope: Type.Union([Type.Literal('platform'), Type.Object({ tier: code }), Type.Object({ storeId: id })]),
  along: Type.Optional(Type.Boolean()),
});
const onePlugin = Type.Object({ plugin: code });

export const listPlugins = route({
  ...forAdmins,
  method: 'GET',
  path: '/plugins',
  summary: 'Plugins of this installation, with state and, where one is set aside, why',
  handler: async (_request, { administration }) => ({ plugins: await administration.plugins.list() }),
});

export const planChange = route({
  ...forAdmins,
  method: 'POST',
  path: '/plugins/plan',
  summary: 'What a change would do; nothing is done',
  body: change,
  handler: ({ body }, { administration }) => administration.plugins.plan(body),
});

export const applyPlan = route({
  ...forAdmins,
  method: 'POST',
  path: '/plugins/apply',
  summary: 'Does a change, if it would still do what the plan with this hash said',
  body: Type.Object({ change, hash: Type.String({ minLength: 1 }) }),
  handler: async ({ body }, { administration: { plugins } }) => {
    // Only the hash is the client's: what is applied is what was planned here.
    await plugins.apply({ ...(await plugins.plan(body.change)), hash: body.hash });
  },
});

export const archivePlugin = route({
  ...forAdmins,
  method: 'POST',
  path: '/plugins/:plugin/archive',
  summary: 'Writes the rows of a disabled plugin into a file',
  params: onePlugin,
  handler: async ({ params, reply }, { administration }) => {
    const { file } = await administration.plugins.archive(params.plugin);
    reply.status(201);
    // Where it lies on the disk is nobody's business here.
    return { archive: file.slice(file.lastIndexOf('/') + 1) };
  },
});

export const purgePlugin = route({
  ...forAdmins,
  method: 'POST',
  path: '/plugins/:plugin/purge',
  summary: 'Removes everything of an archived plugin from the database',
  params: onePlugin,
  handler: ({ params }, { administration }) => administration.plugins.purge(params.plugin),
});

export const restorePlugin = route({
  ...forAdmins,
  method: 'POST',
  path: '/plugins/restore',
  summary: 'Brings an archive of this installation back, by the name that archiving gave',
  body: Type.Object({ archive: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.+-]*\\.jsonl\\.gz$' }) }),
  handler: ({ body }, { administration }) => administration.plugins.restore(body.archive),
});

import { route, Type } from 'kontor/sdk';
import { code, forAdmins } from './shared.ts';

const params = Type.Object({ plugin: code });
const values = Type.Record(Type.String(), Type.Unknown());

export const platformSettings = route({
  ...forAdmins,
  method: 'GET',
  path: '/settings/:plugin',
  summary: 'Values of the platform under the stores’ own; a secret is shown as null',
  params,
  handler: async ({ params }, { administration }) => ({
    values: await administration.settings.platformGet(params.plugin),
  }),
});

export const savePlatformSettings = route({
  ...forAdmins,
  method: 'PATCH',
  path: '/settings/:plugin',
  summary: 'Changes values of the platform; null takes one back',
  params,
  body: values,
  handler: ({ params, body }, { administration }) =>
    administration.settings.platformSet(
      params.plugin,
      body as Parameters<typeof administration.settings.platformSet>[1],
    ),
});

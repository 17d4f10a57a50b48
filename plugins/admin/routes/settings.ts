import { type Json, KontorError, ok, type Refused, refused, route, Type } from 'kontor/sdk';
import { code, forAdmins } from './shared.ts';

const params = Type.Object({ plugin: code });
const values = Type.Record(Type.String(), Type.Unknown());
const refusals = { noSettings: 404 };

export const platformSettings = route({
  ...forAdmins,
  method: 'GET',
  path: '/settings/:plugin',
  summary: 'Values of the platform under the stores’ own; a secret is shown as null',
  params,
  refusals,
  handler: ({ params: { plugin } }, { administration: { settings } }) =>
    unlessNone(plugin, async () => ok({ values: await settings.platformGet(plugin) })),
});

export const savePlatformSettings = route({
  ...forAdmins,
  method: 'PATCH',
  path: '/settings/:plugin',
  summary: 'Changes values of the platform; null takes one back',
  params,
  body: values,
  refusals,
  handler: ({ params: { plugin }, body }, { administration: { settings } }) =>
    unlessNone(plugin, () => settings.platformSet(plugin, body as Record<string, Json>)),
});

/** For the kernel a plugin without settings is a mistake in code; here it is a wrong address. */
async function unlessNone<Answer>(plugin: string, work: () => Promise<Answer>): Promise<Answer | Refused> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KontorError && error.code === 'KERNEL_ERR_NO_SETTINGS') {
      return refused('noSettings', { plugin });
    }
    throw error;
  }
}

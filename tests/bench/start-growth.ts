import type { TestKernel } from 'kontor/sdk/testing';
import { interleaved, type Measured, rounded, timed } from './support/measure.ts';
import { makeStores } from './support/many-stores.ts';
import { madePlugins, withKernel } from './support/world.ts';

export const name = 'start.stores_1000_plugins_30_ratio';

/** Start to ready on a migrated database: a large platform against a small one. */
export async function run(): Promise<Measured> {
  const ids = Array.from({ length: 30 }, (_, index) => `bench-part-${index}`);
  const { folders, remove } = await madePlugins(ids, contentOf);
  try {
    return await withKernel({ plugins: folders.slice(0, 3), until: 'control' }, (small) =>
      withKernel({ plugins: folders, until: 'control' }, async (large) => {
        await makeStores(large, 1000);
        const start =
          ({ secondNode }: TestKernel) =>
          async () => {
            let node: Awaited<ReturnType<typeof secondNode>> | undefined;
            const took = await timed(async () => {
              node = await secondNode();
            });
            await node?.stop();
            return took;
          };
        const { few, many } = await interleaved(5, { few: start(small), many: start(large) });
        const against = `2 stores, 3 plugins: ${rounded(few, 0)} ms; 1,000 and 30: ${rounded(many, 0)} ms; under 2`;
        return { value: rounded(many / few), unit: 'ratio', against };
      }),
    );
  } finally {
    await remove();
  }
}

/** A plugin of usual size: routes with schemas, a permission, a feature, settings, a filter and a service. */
function contentOf(id: string): { manifest: object; code: string } {
  const service = `${id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Service`;
  return {
    manifest: {
      permissions: [{ code: `${id}.read`, title: 'Read', presets: ['owner'] }],
      features: [{ code: `${id}.more`, title: 'More' }],
      settings: { type: 'object', properties: { size: { type: 'integer', default: 1 } } },
      declares: { services: [service], filters: [`${id}.value`], jobs: [`${id}.tidy`] },
      contributes: { filters: { [`${id}.value`]: {} } },
    },
    code: `
      const id = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
      const body = { type: 'object', required: ['name'], properties: { name: { type: 'string' }, size: { type: 'integer' } } };
      const route = (method, path, more) => ({
        method, path: '/${id}' + path, surface: 'store', access: { permission: '${id}.read' }, handler: () => ({}), ...more,
      });
      export default {
        services: { ${service}: () => ({ size: () => 1 }) },
        declares: { filters: { '${id}.value': { value: body } } },
        filters: { '${id}.value': (value) => value },
        jobs: { '${id}.tidy': { payload: body, handler: () => undefined } },
        routes: [
          route('GET', '/'), route('POST', '/', { body }), route('GET', '/:id', { params: id }),
          route('PUT', '/:id', { params: id, body }), route('DELETE', '/:id', { params: id }),
          route('POST', '/:id/copy', { params: id }), route('GET', '/:id/history', { params: id }),
        ],
      };`,
  };
}

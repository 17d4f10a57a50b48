import t, { type Test } from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

async function start(t: Test) {
  const shapes = new URL('./fixtures/shapes', import.meta.url);
  const world = await startTestKernel(t, { plugins: ['api-docs', shapes], until: 'control' });
  const { plugins } = world.kernel;
  const anyone = world.anonymous();
  return {
    ...world,
    anyone,
    describe: () => anyone.get('/api/openapi.json'),
    turn: async (action: 'enable' | 'disable', plugin: string) =>
      plugins.apply(await plugins.plan({ action, plugin, scope: 'platform' })),
  };
}

t.test('describes every route as OpenAPI 3.1 with its access and its problems', async (t) => {
  const { kernel, describe } = await start(t);
  const { body: api, headers } = await describe();
  t.equal(headers['content-type'], 'application/json; charset=utf-8');
  t.match(api, { openapi: /^3\.1\./, info: { title: 'Kontor', version: /^\d+\.\d+\.\d+$/ } });
  const operations = Object.entries<Record<string, Operation>>(api.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
  t.equal(operations.length, kernel.http.routes.length);
  t.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length);
  for (const { path, method, operation } of operations) {
    t.ok(operation['x-kontor-access'], `${method} ${path} says who may call it`);
    t.ok(Object.keys(operation.responses).every((status) => /^([1-5]\d\d|default)$/.test(status)));
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const described = operation.parameters
      .filter((one) => one.in === 'path' && one.required)
      .map(({ name }) => name);
    t.same(described, named, `${method} ${path} describes its parameters`);
    for (const scheme of operation.security.flatMap((one) => Object.keys(one))) {
      t.ok(api.components.securitySchemes[scheme]);
    }
  }
  t.match(api.paths['/api/stores/{store}/shapes/{id}'].post, {
    summary: 'Writes a shape',
    'x-kontor-access': { permission: 'shapes.write' },
    'x-kontor-feature': 'shapes.print',
    'x-kontor-refusals': { taken: 409 },
    parameters: [
      { name: 'store', in: 'path' },
      { name: 'id', in: 'path', schema: { type: 'integer' } },
      { name: 'limit', in: 'query', required: true },
      { name: 'after', in: 'query', required: false },
      { name: 'Idempotency-Key', in: 'header' },
    ],
    requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
    security: [{ userSession: [] }, { apiKey: [] }],
    responses: { 201: {}, 400: {}, 401: {}, 403: {}, 404: {}, 409: {}, 422: {}, 429: {} },
  });
  t.ok(api.paths['/shapes/{path}'].get, 'an address with an open end');
  t.ok(api.paths['/'].get, 'the index');
  t.ok(api.paths['/#store'].get, 'and the storefront at the same address');
});

type Operation = {
  operationId: string;
  'x-kontor-access': unknown;
  responses: object;
  parameters: { name: string; in: string; required: boolean }[];
  security: object[];
};

t.test('names the cookies that sessions really have', async (t) => {
  const { describe, owner } = await start(t);
  const { securitySchemes } = (await describe()).body.components;
  const { headers } = await owner('a');
  t.ok(headers.cookie?.startsWith(`${securitySchemes.userSession.name}=`));
});

t.test('follows the plugins that run', async (t) => {
  const { describe, turn } = await start(t);
  const hasShapes = async () => '/api/account/shapes' in (await describe()).body.paths;
  t.equal(await hasShapes(), true);
  await turn('disable', 'shapes');
  t.equal(await hasShapes(), false);
  await turn('enable', 'shapes');
  t.equal(await hasShapes(), true);
});

t.test('is linked from the first page of the platform while it is on', async (t) => {
  const { anyone, describe, turn } = await start(t);
  const links = { live: '/livez', ready: '/readyz' };
  t.same((await anyone.get('/')).body.links, { openapi: '/api/openapi.json', ...links });
  await turn('disable', 'api-docs');
  t.equal((await describe()).status, 404);
  t.same((await anyone.get('/')).body.links, links);
});

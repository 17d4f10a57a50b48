import fastify from 'fastify';
import { benchPlugin, withKernel } from './world.ts';

// A process of its own: a bare Fastify and the kernel, one after the other under the same load from outside.
await withKernel({ plugins: [benchPlugin], until: 'control' }, async ({ kernel, owner, stores }) => {
  const bare = fastify();
  bare.get('/bench', async () => ({ store: 'store-a', kind: 'user' }));
  const { address } = await kernel.http.listen();
  const { headers } = await owner('a');
  process.send?.({
    bare: { url: `${await bare.listen({ host: '127.0.0.1', port: 0 })}/bench`, headers: {} },
    kernel: {
      url: `${address.replace('127.0.0.1', 'localhost')}/api/stores/${stores.a.handle}/bench`,
      headers: { cookie: headers.cookie },
    },
  });
  await new Promise((resolve) => process.once('disconnect', resolve));
  await Promise.all([bare.close(), kernel.http.drain()]);
});

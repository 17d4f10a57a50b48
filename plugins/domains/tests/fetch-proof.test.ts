import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import { createFetchProof } from '../services/fetch-proof.ts';

t.test('takes a page of 1 kB that is there, and no other', async (t) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    if (request.url === '/moved') response.writeHead(302, { location: '/proof' }).end();
    else response.end(request.url === '/big' ? 'x'.repeat(2000) : 'the proof');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { inStore, kernel } = await startTestKernel(t, { plugins: ['domains'], until: 'control' });
  const fetch = (path: string) =>
    inStore('a', 'domains', (services) => createFetchProof(services)(host, path));

  t.equal(await fetch('/proof'), undefined, 'nobody of our own network is asked');
  await kernel.settings.platformSet('web-client', { allowedHosts: [host] });

  t.equal(await fetch('/proof'), 'the proof');
  t.equal(await fetch('/moved'), undefined, 'no redirect is followed');
  t.equal(await fetch('/big'), undefined, 'no more than 1 kB');
  t.same(asked, [`${host}/proof`, `${host}/moved`, `${host}/big`]);
});

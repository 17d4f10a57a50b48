import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

t.test('a kernel without plugins starts, answers and stops', async (t) => {
  const { kernel, anonymous } = await startTestKernel(t);
  t.same((await anonymous().get('/livez')).status, 200);
  t.same((await anonymous().get('/readyz')).status, 200);
  t.same((await anonymous('a').get('/nothing')).status, 404);
  t.match(
    kernel.boot.steps.map(({ name }) => name),
    ['ground', 'migrations', 'changes', 'plugins', 'events', 'jobs', 'http'],
  );
});

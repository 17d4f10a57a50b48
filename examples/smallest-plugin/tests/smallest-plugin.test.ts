import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

t.test('greets in the name of the store that was asked', async (t) => {
  const { anonymous, stores } = await startTestKernel(t, { plugins: [new URL('..', import.meta.url)] });

  const answer = await anonymous('a').get('/api/shop/greeting');

  t.same(answer.body, { greeting: `Welcome to ${stores.a.name}` });
});

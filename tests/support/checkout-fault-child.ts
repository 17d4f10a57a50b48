import type pg from 'pg';
import { type StoreContext, within } from '../../kernel/context.ts';
import { startKernel } from '../../kernel/kernel.ts';
import { silentLog, testConfig } from '../../sdk/testing/database.ts';
import { dieAtStatement } from './die-at-statement.ts';

/* A process that pays a cart, completes it and delivers what follows, and kills itself at one statement. Without a fault it
 * finishes, and prints how many statements there were up to the end of each. */

const { target, bundled, storeId, cartId, token, total, ...at } = JSON.parse(process.argv[2]!) as {
  target: pg.ClientConfig;
  bundled: string;
  faultAt: number | null;
  faultAfter: boolean;
  storeId: number;
  cartId: number;
  token: string;
  total: number;
};

const fault = dieAtStatement(at);
const kernel = await startKernel({
  config: testConfig(),
  target: target as never,
  log: silentLog(),
  until: 'control',
  places: { bundled, modules: [] },
});
const store = (await kernel.tenancy.byId(storeId)) as StoreContext;
const { services } = kernel.plugins.running.find(({ manifest }) => manifest.id === 'checkout')!;
fault.arm();
const counts = await within(
  { store, plugin: 'checkout', actor: { kind: 'system', reason: 'a fault test' } },
  async () => {
    await services.checkout.pay(token, {
      method: 'test-card',
      expected: total,
      details: { card: '4242424242424242' },
      returnUrl: 'http://store-a.localhost:3000/checkout/return',
      locale: 'en',
    });
    const paid = fault.count();
    await services.checkout.complete(cartId);
    return { paid, completed: fault.count() };
  },
);
await kernel.jobs.drain();
fault.disarm();
process.stdout.write(JSON.stringify({ ...counts, drained: fault.count() }));
process.exit(0);

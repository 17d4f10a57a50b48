import { interleaved, type Measured, rounded, timed } from './support/measure.ts';
import { benchPlugin, madePlugins, withKernel } from './support/world.ts';

export const name = 'hooks.filter_10_us';

const CALLS = 5000;
const value = {
  amount: 12,
  lines: [
    { id: 1, amount: 5 },
    { id: 2, amount: 7 },
  ],
};

/** What ten handlers of ten plugins add to one filter that a page asks. */
export async function run(): Promise<Measured> {
  const ids = Array.from({ length: 10 }, (_, index) => `bench-handler-${index}`);
  const { folders, remove } = await madePlugins(ids, () => ({
    manifest: { dependsOn: { bench: '^1.0.0' }, contributes: { filters: { 'bench.value': {} } } },
    code: `export default { filters: { 'bench.value': (value) => ({ ...value, amount: value.amount + 1 }) } };`,
  }));
  try {
    return await withKernel({ plugins: [benchPlugin, ...folders], until: 'control' }, ({ inStore }) =>
      inStore('a', 'bench', async ({ hooks }) => {
        const { amount } = await hooks.filter('bench.value', value);
        if (amount !== 22) throw new Error(`Expected ten handlers to have made 22 of 12, got ${amount}`);
        const calls = (hook: 'bench.value' | 'bench.untouched') => async () => {
          for (let call = 0; call < CALLS; call += 1) await hooks.filter(hook, value);
        };
        await calls('bench.value')();
        const { ten, none } = await interleaved(7, {
          ten: () => timed(calls('bench.value')),
          none: () => timed(calls('bench.untouched')),
        });
        const added = ((ten - none) / CALLS) * 1000;
        const against = `the same filter without handlers: ${rounded((none / CALLS) * 1000)} us; under 50`;
        return { value: rounded(added), unit: 'us', against };
      }),
    );
  } finally {
    await remove();
  }
}

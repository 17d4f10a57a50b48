import type { TestKernel } from 'kontor/sdk/testing';

/** Makes stores of the first one's merchant until there are so many. */
export async function makeStores({ kernel, stores }: TestKernel, count: number): Promise<void> {
  const { merchantId } = stores.a;
  for (let made = 2; made < count; made += 10) {
    await Promise.all(
      Array.from({ length: Math.min(10, count - made) }, (_, index) =>
        kernel.tenancy.admin.createStore({ merchantId, handle: `bench-${made + index}`, name: 'Bench' }),
      ),
    );
  }
}

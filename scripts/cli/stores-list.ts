import type { StoreRef } from 'kontor/sdk';
import type { Command } from './command.ts';
import { withKernel } from './open-kernel.ts';
import { table } from './table.ts';

export default {
  run: () =>
    withKernel('stores list', async ({ tenancy }) => {
      const stores: StoreRef[] = [];
      for (;;) {
        const page = await tenancy.admin.list({ after: stores.at(-1)?.id ?? 0 });
        stores.push(...page);
        if (page.length === 0) break;
      }
      return table(
        stores,
        ['id', 'handle', 'name', 'state', 'tier', 'currency', 'host'],
        'There are no stores',
      );
    }),
} satisfies Command;

import { once } from 'node:events';
import { heard } from './bench/heard.ts';
import { withBarePg } from './support/bare-pg.ts';
import { interleaved, type Measured, rounded } from './support/measure.ts';
import { benchPlugin, withKernel } from './support/world.ts';

export const name = 'events.commit_to_handler_ms';

/** From the end of a commit to the handler of its event, against a bare NOTIFY that comes back to its sender. */
export async function run(): Promise<Measured> {
  return withKernel({ plugins: [benchPlugin] }, ({ kernel, inStore }) =>
    withBarePg(kernel, async (client) => {
      await client.query('listen bench');
      let number = 0;
      const emit = () =>
        inStore('a', 'bench', async ({ database, events }) => {
          number += 1;
          const arrived = once(heard, 'event');
          await database.transaction(() =>
            events.emit('bench.happened', { number }, { entity: `bench:${number}` }),
          );
          const committed = performance.now();
          await arrived;
          return performance.now() - committed;
        });
      const notify = async () => {
        const arrived = once(client, 'notification');
        const began = performance.now();
        await client.query('notify bench');
        await arrived;
        return performance.now() - began;
      };
      await emit();
      const { event, bare } = await interleaved(100, { event: emit, bare: notify });
      return {
        value: rounded(event),
        unit: 'ms',
        against: `a bare NOTIFY and its echo: ${rounded(bare)} ms`,
      };
    }),
  );
}

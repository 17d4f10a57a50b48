import { on } from 'node:events';
import { heard } from './bench/heard.ts';
import { withBarePg } from './support/bare-pg.ts';
import { interleaved, type Measured, rounded, timed } from './support/measure.ts';
import { benchPlugin, withKernel } from './support/world.ts';

export const name = 'jobs.per_second';

const JOBS = 500;

/** Jobs sent and done, each in a transaction of its own, against bare statements that do as little as a job needs. */
export async function run(): Promise<Measured> {
  return withKernel({ plugins: [benchPlugin] }, ({ kernel, inStore }) =>
    withBarePg(kernel, async (client) => {
      await client.query('create temp table todo (id int primary key, done boolean not null default false)');
      let round = 0;
      const { jobs, bare } = await interleaved(3, {
        jobs: () =>
          timed(async () => {
            const done = countOf('job', JOBS);
            await inStore('a', 'bench', async ({ jobs }) => {
              for (let number = 0; number < JOBS; number += 1) await jobs.send('bench.count', { number });
            });
            await done;
          }),
        bare: () =>
          timed(async () => {
            round += 1;
            for (let number = round * JOBS; number < (round + 1) * JOBS; number += 1) {
              await client.query('insert into todo (id) values ($1)', [number]);
              await client.query('update todo set done = true where id = $1', [number]);
            }
          }),
      });
      const perSecond = (milliseconds: number) => rounded((JOBS / milliseconds) * 1000, 0);
      const against = `a bare insert and update, one after the other: ${perSecond(bare)} a second`;
      return { value: perSecond(jobs), unit: 'jobs/s', against };
    }),
  );
}

async function countOf(what: 'job', wanted: number): Promise<void> {
  let count = 0;
  for await (const _ of on(heard, what)) {
    count += 1;
    if (count === wanted) return;
  }
}

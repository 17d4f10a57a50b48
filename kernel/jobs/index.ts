import type { KernelServices } from 'kontor/sdk';
import type { Changes, Config, EnterPlugin, JobsPart, KernelDatabase, KernelLog, Tenancy } from '../parts.ts';
import { createAdmin } from './admin.ts';
import { readDefinitions, type KnownJobs } from './definitions.ts';
import { createHousekeeping } from './housekeeping.ts';
import { apart, oneAtATime } from './one-at-a-time.ts';
import { createPump } from './pump.ts';
import { createQueue } from './queue.ts';
import { createRelay } from './relay.ts';
import { createRunner } from './runner.ts';
import { createSchedules } from './schedules.ts';
import { createService } from './service.ts';
import { createSettler } from './settle.ts';

const NET = 5_000; // ms; finds what no announcement told of
const HEARTBEAT = 3_000; // ms; three may be missed before the queue gives a job to another process
const GRACE = 10_000; // ms that running jobs have to end when the process stops

/**
 * Jobs: a row of the store, a relay that is fair between stores, pg-boss as the queue, and slots that run handlers.
 *
 * @param deliverEvents - delivers what is due and answers how many; for `drain`
 */
export function createJobs(deps: {
  database: KernelDatabase;
  changes: Changes;
  clock: KernelServices['clock'];
  random: KernelServices['random'];
  log: KernelLog;
  metrics: KernelServices['metrics'];
  enter: EnterPlugin;
  tenancy: Pick<Tenancy, 'byId'>;
  config: Pick<Config, 'role' | 'jobs'>;
  deliverEvents?: () => Promise<number>;
}): JobsPart {
  const { database, changes, log, config } = deps;
  let definitions: KnownJobs = new Map();
  const known = () => definitions;
  const queue = createQueue({ target: database.target('jobs'), log });
  const settler = createSettler({ ...deps, queue });
  const relay = createRelay({ ...deps, queue, known });
  const schedules = createSchedules({ ...deps, queue, known });
  const runner = createRunner({
    ...deps,
    queue,
    settler,
    known,
    concurrency: config.jobs.concurrency,
    onFree: (lane) => pump.wake(lane),
  });
  const pump = createPump({ relay: relay.relay, fill: runner.fill, changes, log });
  const jobs = createService({ ...deps, known, wake: pump.announce });
  const housekeeping = createHousekeeping({ ...deps, queue });
  const hearing: (() => void)[] = [];
  let isStopping = false;
  let net: NodeJS.Timeout | undefined;
  let heartbeat: NodeJS.Timeout | undefined;

  /** Everything that is found by looking and not by being told; one that fails does not keep the others from it. */
  const look = oneAtATime(async () => {
    for (const step of [schedules.tick, relay.repair, housekeeping.run]) {
      if (isStopping) return;
      await step().catch((error) =>
        log.error({ err: error, step: step.name }, 'looking after jobs failed; it is tried again'),
      );
    }
    pump.wake();
  });

  async function keep(): Promise<void> {
    await runner
      .keep()
      .catch((error) => log.error({ err: error }, 'the leases of jobs could not be kept up'));
  }

  function hearCancel(id: string): void {
    const asked = id === '*' ? runner.cancelAsked() : runner.cancel(id);
    asked.catch((error) => log.error({ err: error }, 'cancelled jobs could not be looked for'));
  }

  return {
    name: 'jobs',
    jobs,
    admin: createAdmin({ ...deps, jobs }),
    follow(plugins) {
      const checkCron = (cron: string) =>
        void queue.nextTime(cron, { timeZone: 'UTC', from: deps.clock.now() });
      definitions = readDefinitions(plugins, checkCron);
      pump.wake();
    },
    /** Begins to run jobs here; a web process only sends them. */
    async start() {
      if (config.role === 'web') return;
      await queue.open();
      hearing.push(changes.on('jobs', pump.hear), changes.on('job-cancel', hearCancel));
      pump.open();
      net = setInterval(look, NET);
      heartbeat = setInterval(oneAtATime(keep), HEARTBEAT);
      void look();
    },
    async stop() {
      isStopping = true;
      clearInterval(net);
      for (const unhear of hearing.splice(0)) unhear();
      await Promise.all([look(), pump.close()]); // what runs of them, then nothing
      await runner.stop(GRACE);
      clearInterval(heartbeat);
      await queue.close();
    },
    drain: () =>
      apart(async () => {
        await queue.open();
        for (;;) {
          const due = ((await deps.deliverEvents?.()) ?? 0) + (await schedules.tick());
          const moved = await pump.turnEverywhere();
          const ran = await runner.idle();
          if (due + moved + ran === 0) return;
        }
      }),
  };
}

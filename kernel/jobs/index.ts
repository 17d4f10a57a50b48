import type { JobsPart } from '../parts.ts';
import { createRounds } from '../rounds.ts';
import { readDefinitions, type KnownJobs } from './definitions.ts';
import { apart, type Core, type JobsInput } from './parts.ts';
import { createPump } from './pump.ts';
import { createQueue } from './queue.ts';
import { createRelay } from './relay.ts';
import { createRunner } from './runner.ts';
import { createSchedules } from './schedules.ts';
import { createAdmin, createService } from './service.ts';
import { createSettler } from './settle.ts';
import { createUpkeep } from './upkeep.ts';

const NET = 5_000; // ms; finds what no announcement told of
const HEARTBEAT = 3_000; // ms; three may be missed before the queue gives a job to another process
const GRACE = 10_000; // ms that running jobs have to end when the process stops
const MINUTE = 60_000; // ms
const HOUR = 60 * MINUTE;

/** Jobs: a row of the store, a relay that is fair between stores, pg-boss as the queue, and slots that run handlers. */
export function createJobs(input: JobsInput): JobsPart {
  const { database, changes, log, config, deliverEvents = async () => 0 } = input;
  let definitions: KnownJobs = new Map();
  const queue = createQueue({ target: database.target('jobs'), log });
  const core: Core = { ...input, queue, known: () => definitions };
  const relay = createRelay(core);
  const tick = createSchedules(core);
  const runner = createRunner({
    ...core,
    settle: createSettler(core),
    onFree: (lane) => pump.wakeLane(lane),
  });
  const pump = createPump({ ...core, relay: relay.relay, fill: runner.fill });
  const jobs = createService({ ...core, announce: pump.announce });
  const upkeep = createUpkeep(core);
  const hearing: (() => void)[] = [];
  const watch = createRounds({
    log,
    rounds: [
      { name: 'jobs', every: NET, isSoon: true, work: look },
      { name: 'figures of jobs', every: MINUTE, isSoon: true, work: upkeep.figures },
      { name: 'old jobs', every: HOUR, isSoon: true, work: upkeep.sweep },
    ],
  });
  const leases = createRounds({
    log,
    rounds: [{ name: 'leases of jobs', every: HEARTBEAT, work: runner.keep }],
  });

  /** What is found by looking and not by being told. One that fails, or takes long, does not keep the others waiting. */
  async function look(): Promise<void> {
    const steps = [tick(), relay.repair(), queue.supervise()];
    const looked = await Promise.allSettled(steps.map((step) => step.finally(() => pump.wake())));
    for (const one of looked) if (one.status === 'rejected') throw one.reason;
  }

  function hearCancel(): void {
    runner.keep().catch((error) => log.error({ err: error }, 'cancelled jobs could not be looked for'));
  }

  return {
    name: 'jobs',
    jobs,
    admin: createAdmin({ ...core, jobs }),
    follow(plugins) {
      definitions = readDefinitions(
        plugins,
        (cron) => void queue.nextTime(cron, { timeZone: 'UTC', from: input.clock.now() }),
      );
      pump.wake();
    },
    /** Begins to run jobs here; a web process only sends them. */
    async start() {
      if (config.role === 'web') return;
      await queue.open();
      hearing.push(changes.on('jobs', pump.wake), changes.on('job-cancel', hearCancel));
      apart(() => {
        pump.open();
        watch.start();
        leases.start();
      });
    },
    async stop() {
      for (const unhear of hearing.splice(0)) unhear();
      await Promise.all([watch.stop(), pump.close()]);
      await runner.stop(GRACE);
      await leases.stop();
      await queue.close();
    },
    drain: () =>
      apart(async () => {
        await queue.open();
        let moved = 1;
        while (moved > 0) {
          moved = (await deliverEvents()) + (await tick());
          moved += await pump.turn();
          moved += await runner.idle();
        }
      }),
  };
}

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Cradle, JobDefinition } from 'kontor/sdk';
import type { PluginSet } from '../parts.ts';
import { errors as hookErrors } from '../hooks/errors.ts';
import { jobErrors } from './errors.ts';

/** What a definition says, with its defaults, and whose it is. */
export type KnownJob = {
  readonly name: string;
  readonly plugin: string;
  readonly services: Cradle;
  readonly handler: JobDefinition<unknown>['handler'];
  readonly retries: number;
  /** Seconds. */
  readonly retryDelay: number;
  /** Seconds. */
  readonly timeLimit: number;
  readonly perStore: number;
  readonly schedule: { cron: string; payload: unknown } | undefined;
  /** @throws KERNEL_ERR_PAYLOAD */
  check(payload: unknown): void;
};
export type KnownJobs = ReadonlyMap<string, KnownJob>;

const LONGEST = 23 * 3600; // seconds; the queue gives up on an attempt after 24 hours

/**
 * The jobs of a set of plugins, by name.
 *
 * @param checkCron - throws when a cron expression cannot be read
 * @throws KERNEL_ERR_JOB_SETUP when a name is taken, a number makes no sense, or a schedule cannot be read
 */
export function readDefinitions(plugins: PluginSet, checkCron: (cron: string) => void): KnownJobs {
  const known = new Map<string, KnownJob>();
  const schemas = formats.default(new Ajv2020({ allErrors: true, strict: false, logger: false }));
  for (const { manifest, definition, services } of plugins) {
    for (const [name, job] of Object.entries(definition.jobs ?? {}) as [string, JobDefinition<unknown>][]) {
      const wrong = (why: string) =>
        new jobErrors.KERNEL_ERR_JOB_SETUP(name, manifest.id, why, { details: { plugins: [manifest.id] } });
      const taken = known.get(name);
      if (taken) throw wrong(`plugin '${taken.plugin}' has a job of this name`);
      const fault = faultIn(job) ?? schemaFault(job, schemas);
      if (fault) throw wrong(fault);
      known.set(name, {
        name,
        plugin: manifest.id,
        services,
        handler: job.handler,
        retries: job.retries ?? 3,
        retryDelay: job.retryDelay ?? 10,
        timeLimit: job.timeLimit ?? 900,
        perStore: job.perStore ?? 2,
        schedule: job.schedule,
        check: payloadCheck(name, manifest.id, job.payload, schemas),
      });
      if (job.schedule) checkSchedule(known.get(name)!, wrong, checkCron);
    }
  }
  return known;
}

function faultIn(job: JobDefinition<unknown>): string | undefined {
  const { retries = 0, retryDelay = 0, timeLimit = 1, perStore = 1 } = job;
  if (!Number.isInteger(retries) || retries < 0) return `expected whole retries of 0 or more, got ${retries}`;
  if (!(retryDelay >= 0)) return `expected a retryDelay of 0 s or more, got ${retryDelay}`;
  if (!(timeLimit > 0 && timeLimit <= LONGEST)) {
    return `expected a timeLimit of more than 0 and at most ${LONGEST} s, got ${timeLimit}; divide longer work`;
  }
  if (!Number.isInteger(perStore) || perStore < 1) return `expected perStore of 1 or more, got ${perStore}`;
  return undefined;
}

function schemaFault({ payload }: JobDefinition<unknown>, schemas: Ajv2020): string | undefined {
  return schemas.validateSchema(payload)
    ? undefined
    : `its payload is no JSON Schema: ${schemas.errorsText()}`;
}

/** Compiled when first needed: hundreds of schemas at start would cost a second. */
function payloadCheck(name: string, plugin: string, payload: object, schemas: Ajv2020): KnownJob['check'] {
  let fits: ValidateFunction | undefined;
  return (given) => {
    fits ??= schemas.compile(payload);
    if (given !== undefined && fits(given)) return;
    const fault =
      given === undefined
        ? 'expected a payload, got nothing'
        : schemas.errorsText(fits.errors, { dataVar: 'payload' });
    throw new hookErrors.KERNEL_ERR_PAYLOAD('job', name, plugin, fault);
  };
}

function checkSchedule(
  job: KnownJob,
  wrong: (why: string) => Error,
  checkCron: (cron: string) => void,
): void {
  try {
    checkCron(job.schedule!.cron);
    job.check(job.schedule!.payload);
  } catch (error) {
    throw wrong(`its schedule '${job.schedule!.cron}' is wrong: ${(error as Error).message}`);
  }
}

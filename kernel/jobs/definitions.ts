import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Cradle, JobDefinition } from 'kontor/sdk';
import { errors as hookErrors } from '../hooks/errors.ts';
import type { PluginSet } from '../parts.ts';
import { jobErrors } from './errors.ts';

type Definition = JobDefinition<unknown>;
/** What a definition says, with its defaults, and whose it is. */
export type KnownJob = Required<Omit<Definition, 'schedule' | 'payload'>> & {
  readonly name: string;
  readonly plugin: string;
  readonly services: Cradle;
  readonly schedule: Definition['schedule'];
  /** @throws KERNEL_ERR_PAYLOAD */
  check(payload: unknown): void;
};
export type KnownJobs = ReadonlyMap<string, KnownJob>;

const DEFAULTS = { retries: 3, retryDelay: 10, timeLimit: 900, perStore: 2 }; // times; s; s; jobs at once
const LONGEST = 23 * 3600; // s; the queue gives up on an attempt after 24 hours

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
    const plugin = manifest.id;
    for (const [name, given] of Object.entries(definition.jobs ?? {}) as [string, Definition][]) {
      const { payload, schedule, ...rest } = given;
      const check = payloadCheck(name, plugin, payload, schemas);
      const job = { ...DEFAULTS, ...rest, name, plugin, services, schedule, check };
      const taken = known.get(name);
      const fault = taken
        ? `plugin '${taken.plugin}' has a job of this name`
        : (faultIn(job) ?? schemaFault(payload, schemas) ?? scheduleFault(job, checkCron));
      if (fault) {
        throw new jobErrors.KERNEL_ERR_JOB_SETUP(name, plugin, fault, { details: { plugins: [plugin] } });
      }
      known.set(name, job);
    }
  }
  return known;
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

function faultIn({ retries, retryDelay, timeLimit, perStore }: KnownJob): string | undefined {
  if (!Number.isInteger(retries) || retries < 0) return `expected whole retries of 0 or more, got ${retries}`;
  if (!(retryDelay >= 0)) return `expected a retryDelay of 0 s or more, got ${retryDelay}`;
  if (!(timeLimit > 0 && timeLimit <= LONGEST)) {
    return `expected a timeLimit of more than 0 and at most ${LONGEST} s, got ${timeLimit}; divide longer work`;
  }
  if (!Number.isInteger(perStore) || perStore < 1) return `expected perStore of 1 or more, got ${perStore}`;
  return undefined;
}

function schemaFault(payload: object, schemas: Ajv2020): string | undefined {
  return schemas.validateSchema(payload)
    ? undefined
    : `its payload is no JSON Schema: ${schemas.errorsText()}`;
}

function scheduleFault({ schedule, check }: KnownJob, checkCron: (cron: string) => void): string | undefined {
  if (!schedule) return undefined;
  try {
    checkCron(schedule.cron);
    check(schedule.payload);
    return undefined;
  } catch (error) {
    return `its schedule '${schedule.cron}' is wrong: ${(error as Error).message}`;
  }
}

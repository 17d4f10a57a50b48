import type { Clock, Features, PointsService, Random } from 'kontor/sdk';
import type { Changes, Config, KernelDatabase, KernelLog, Tenancy } from '../parts.ts';
import type { SecretsPart } from '../secrets/index.ts';

/** What auth needs of the other parts. */
export type AuthDeps = {
  config: Pick<Config, 'mode' | 'secrets' | 'http'>;
  database: KernelDatabase;
  changes: Changes;
  clock: Clock;
  random: Random;
  log: KernelLog;
  points: Pick<PointsService, 'of'>;
  features: Pick<Features, 'use' | 'release' | 'limit'>;
  secrets: Pick<SecretsPart, 'ownedBy'>;
  tenancy: Pick<Tenancy, 'byId'>;
};

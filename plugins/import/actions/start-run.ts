import { type Cradle, type Id, type ImportState, ok, refused, type Result } from 'kontor/sdk';
import { createRuns } from '../services/runs.ts';

type Needs = Pick<Cradle, 'clock' | 'database' | 'jobs' | 'stores'>;

/** Sends the job of a run, in one transaction with its state. */
export function startRun(
  services: Needs,
  runId: Id,
  from: readonly ImportState[],
): Promise<Result<undefined, 'notFound' | 'wrongState'>> {
  const { database, jobs } = services;
  const runs = createRuns(services);
  return database.transaction(async () => {
    const run = await runs.find(runId);
    if (!run) return refused('notFound');
    if (!(await runs.move(runId, { from, to: 'waiting' })))
      return refused('wrongState', { state: run.state });
    const jobId = await jobs.send('import.run', { runId });
    await runs.move(runId, { from: ['waiting'], to: 'waiting', set: { jobId } });
    return ok();
  });
}

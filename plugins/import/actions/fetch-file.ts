import type { Cradle, Id, RunningJob } from 'kontor/sdk';
import { createFile } from '../services/file.ts';
import { createRuns } from '../services/runs.ts';
import { startRun } from './start-run.ts';

const LARGEST = 2_147_483_648; // bytes
const TIME = 1_800_000; // ms

type Job = Pick<RunningJob<{ runId: Id; url: string }>, 'payload' | 'signal'>;
type Needs = Pick<Cradle, 'clock' | 'database' | 'jobs' | 'stores' | 'webClient'>;

/** Fetches the file of a run from an address, by the guarded client, and starts the run. */
export async function fetchFile({ payload, signal }: Job, services: Needs): Promise<void> {
  const { runId, url } = payload;
  const runs = createRuns(services);
  const fail = async (error: string) => {
    await runs.move(runId, { from: ['uploading'], to: 'failed', set: { error } });
  };
  const answer = await services.webClient.open({ url, maxBytes: LARGEST, timeLimit: TIME, signal });
  if (!answer.ok || answer.value.status !== 200) {
    return fail(
      `Expected a file at ${url}, got ${answer.ok ? `status ${answer.value.status}` : 'no answer'}`,
    );
  }
  const kept = await createFile(services).append(runId, {
    stream: answer.value.body,
    offset: 0,
    isWhole: true,
  });
  if (!kept.ok)
    return fail(`Expected a CSV file in UTF-8 at ${url}; byte ${kept.details.byte} is ${kept.details.got}`);
  await startRun(services, runId, ['uploading']);
}

/** How far a job is, as it last said. */
export type Progress = { percent: number; message: string };

const PAUSE = 250; // ms between two writes: four a second are as many as a person can follow

/** Writes progress at once when there was none lately, else the last one of a pause; never two at a time. */
export function createProgress(write: (progress: Progress) => Promise<void>) {
  let latest: Progress | undefined;
  let isWritten = true;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    if (isWritten || isClosed || !latest) return;
    isWritten = true;
    timer = setTimeout(() => {
      timer = undefined;
      flush().catch(() => undefined); // the next report, or the end of the job, writes it
    }, PAUSE);
    await write(latest);
  }

  return {
    async report(percent: number, message: string | undefined): Promise<void> {
      latest = {
        percent: wholePercent(percent),
        message: message?.replaceAll('\0', '') ?? latest?.message ?? '',
      };
      isWritten = false;
      if (!timer) await flush();
    },
    /** The last report; what is not written yet is written with the end of the job. */
    close(): Progress | undefined {
      isClosed = true;
      clearTimeout(timer);
      return latest;
    },
  };
}

function wholePercent(percent: number): number {
  return Math.round(Math.min(100, Math.max(0, percent))) || 0;
}

/** How far a job is, as it last said. */
export type Progress = { percent: number; message: string };

const PAUSE = 250; // ms between two writes: four a second are as many as a person can follow

/** Shows progress at once when none was shown lately, else the last one of a pause behind it. */
export function createProgress(show: (progress: Progress) => Promise<void>) {
  let said: Progress | undefined;
  let shown: Progress | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function next(): Promise<void> {
    timer = undefined;
    if (!said || said === shown) return;
    shown = said;
    timer = setTimeout(() => next().catch(() => undefined), PAUSE); // the end of the job writes what could not be shown
    await show(said);
  }

  return {
    async say(percent: number, message = said?.message ?? ''): Promise<void> {
      said = {
        percent: Math.round(Math.min(100, Math.max(0, percent))) || 0,
        message: message.replaceAll('\0', ''),
      };
      if (!timer) await next();
    },
    /** The last that was said; it is written with the end of the job. */
    end(): Progress | undefined {
      clearTimeout(timer);
      return said;
    },
  };
}

import type { Readiness } from '../parts.ts';

const LIMIT = 2000; // ms; a supervisor asks every few seconds and must not wait for one that hangs

/**
 * Collects what must work before requests are sent here.
 *
 * @param limit - milliseconds each check may take; 2,000 when left out
 */
export function createReadiness({ limit = LIMIT }: { limit?: number } = {}): Readiness {
  const checks = new Map<string, () => Promise<void>>();
  return {
    add(name, check) {
      checks.set(name, check);
    },
    async report() {
      const faults = await Promise.all([...checks].map(([name, check]) => fault(name, check, limit)));
      return faults.filter((sentence) => sentence !== undefined);
    },
  };
}

async function fault(name: string, check: () => Promise<void>, limit: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`${name} is not ready: no answer within ${limit / 1000} s`), limit);
  });
  const answer = Promise.resolve()
    .then(check)
    .then(
      () => undefined,
      (error: unknown) =>
        `${name} is not ready: ${error instanceof Error ? error.message || error.name : String(error)}`,
    );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

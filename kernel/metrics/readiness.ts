import type { Readiness } from '../parts.ts';

const LIMIT = 2000; // ms; a supervisor asks every few seconds and must not wait for one that hangs

/**
 * Collects what must work before requests are sent here.
 *
 * @param limit - milliseconds each check may take; 2,000 when left out
 */
export function createReadiness({ limit = LIMIT }: { limit?: number } = {}): Readiness {
  const checks = new Map<string, () => Promise<void>>();

  async function faultOf([name, check]: [string, () => Promise<void>]): Promise<string | undefined> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(late.reject, limit, `no answer within ${limit / 1000} s`);
    try {
      await Promise.race([check(), late.promise]);
      return undefined;
    } catch (error) {
      return `${name} is not ready: ${error instanceof Error ? error.message || error.name : error}`;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    add: (name, check) => void checks.set(name, check),
    async report() {
      const faults = await Promise.all([...checks].map(faultOf));
      return faults.filter((sentence) => sentence !== undefined);
    },
  };
}

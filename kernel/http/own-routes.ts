import { CONTRACT_VERSION, type Route } from 'kontor/sdk';
import type { Readiness, Row } from '../parts.ts';

/** Routes of the kernel itself, on the platform's host. */
export function ownRoutes(openapi: () => Row): readonly Route[] {
  const open = { method: 'GET', surface: 'platform', access: 'anyone' } as const;
  const links = { openapi: '/api/openapi.json', live: '/livez', ready: '/readyz' };
  return [
    {
      ...open,
      path: '/',
      summary: 'What this is, and where to go on',
      handler: () => ({ name: 'Kontor', version: CONTRACT_VERSION, links }),
    },
    { ...open, path: '/api/openapi.json', summary: 'Every route with its access', handler: openapi },
  ];
}

/** What is not ready, in words; a process that is going is not ready either. */
export async function readyReport(deps: { readiness: Readiness; isDraining: boolean }): Promise<string[]> {
  const reports = await deps.readiness.report();
  return deps.isDraining ? ['This process is stopping and takes no new work', ...reports] : reports;
}

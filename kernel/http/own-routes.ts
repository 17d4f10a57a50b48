import { CONTRACT_VERSION, type Route } from 'kontor/sdk';
import type { Readiness } from '../parts.ts';

const OPENAPI = '/api/openapi.json';

/** The platform's first page, unless a plugin has one. @param addresses - of the platform's host */
export function firstPage(addresses: readonly string[]): Route {
  const openapi = addresses.includes(OPENAPI) && { openapi: OPENAPI };
  const links = { ...openapi, live: '/livez', ready: '/readyz' };
  return {
    method: 'GET',
    path: '/',
    surface: 'platform',
    access: 'anyone',
    summary: 'What this is, and where to go on',
    handler: () => ({ name: 'Kontor', version: CONTRACT_VERSION, links }),
  };
}

/** What is not ready, in words; a process that is going is not ready either. */
export async function readyReport(deps: { readiness: Readiness; isDraining: boolean }): Promise<string[]> {
  const reports = await deps.readiness.report();
  return deps.isDraining ? ['This process is stopping and takes no new work', ...reports] : reports;
}

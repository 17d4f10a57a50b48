import { type MountedRoute, type Route, route } from 'kontor/sdk';
import { openapiOf } from '../openapi.ts';

/** The document is made once for a set of routes and kept as text: writing 600 routes takes longer than sending them. */
export function describePlatform(): Route {
  let known: readonly MountedRoute[] | undefined;
  let text = '';
  return route({
    method: 'GET',
    path: '/api/openapi.json',
    surface: 'platform',
    access: 'anyone',
    summary: 'Every route with its access',
    handler: ({ reply }, { administration: { http } }) => {
      const routes = http.routes();
      if (routes !== known) {
        text = JSON.stringify(openapiOf({ routes, sessionCookies: http.sessionCookies }));
        known = routes;
      }
      reply.type('application/json; charset=utf-8');
      return text;
    },
  });
}

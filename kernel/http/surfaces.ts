import type { Access, Manifest, Route, Surface } from 'kontor/sdk';

type Place = { prefix: string; host: 'platform' | 'store'; hasStore: boolean; access: readonly string[] };

const WORK = ['anyone', 'user', 'admin'];
const SHOP = ['anyone', 'customer'];

/** Where the routes of a surface live, and which access makes sense there. */
export const SURFACES: Readonly<Record<Surface, Place>> = {
  store: {
    prefix: '/api/stores/:store',
    host: 'platform',
    hasStore: true,
    access: ['permission', 'user', 'admin'],
  },
  admin: { prefix: '/api/admin', host: 'platform', hasStore: false, access: ['admin'] },
  account: { prefix: '/api/account', host: 'platform', hasStore: false, access: WORK },
  platform: { prefix: '', host: 'platform', hasStore: false, access: WORK },
  shop: { prefix: '/api/shop', host: 'store', hasStore: true, access: SHOP },
  storefront: { prefix: '', host: 'store', hasStore: true, access: SHOP },
  hooks: { prefix: '/hooks/:plugin', host: 'platform', hasStore: false, access: ['provider'] },
};

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const TAKEN = /^\/(livez|readyz|hooks(\/|$)|api\/(stores|admin|account|shop)(\/|$))/;

export function isUnsafe(route: Route): boolean {
  return route.method !== 'GET';
}

export function accessName(access: Access): string {
  return typeof access === 'object' && access !== null ? 'permission' : access;
}

/** The address as the router knows it. */
export function addressOf(plugin: string, { surface, path }: Route): string {
  const { prefix } = SURFACES[surface];
  return `${prefix.replace(':plugin', plugin)}${path === '/' && prefix ? '' : path}`;
}

/**
 * What is wrong with a route, as a sentence; undefined when nothing is.
 *
 * @param declared - codes that the manifests of running plugins declare
 */
export function routeFault(
  route: Route,
  declared: { permissions: ReadonlySet<string>; features: ReadonlySet<string> },
): string | undefined {
  const place = SURFACES[route.surface];
  if (!METHODS.includes(route.method))
    return `has the method ${route.method}; expected one of ${METHODS.join(', ')}`;
  if (!place)
    return `has the surface '${route.surface}'; expected one of ${Object.keys(SURFACES).join(', ')}`;
  if (typeof route.path !== 'string' || !route.path.startsWith('/'))
    return `has a path that does not begin with /`;
  if (place.prefix === '' && TAKEN.test(route.path)) return 'has an address that belongs to another surface';
  if (place.hasStore && /:store\b/.test(route.path))
    return "names a parameter 'store', which is the surface's own";
  if (route.access === undefined)
    return 'states no access: add `access`, so that it is clear who may call it';
  if (!place.access.includes(accessName(route.access))) {
    const wanted = place.access.join(', ');
    return `has the access ${JSON.stringify(route.access)}; on surface ${route.surface} expected one of: ${wanted}`;
  }
  const { access, feature } = route;
  if (typeof access === 'object' && !declared.permissions.has(access.permission)) {
    return `asks for the permission '${access.permission}', which no running plugin declares in its plugin.json`;
  }
  if (feature !== undefined && !place.hasStore)
    return `asks for a feature, but surface ${route.surface} has no store`;
  if (feature !== undefined && !declared.features.has(feature)) {
    return `asks for the feature '${feature}', which no running plugin declares in its plugin.json`;
  }
  if (route.body && !isUnsafe(route)) return 'is a GET with a body; move the fields to `query`';
  return typeof route.handler === 'function' ? undefined : 'has no handler';
}

/** Every permission and feature that running plugins declare. */
export function declaredCodes(manifests: readonly Manifest[]) {
  const codes = (kind: 'permissions' | 'features') =>
    new Set(
      manifests.flatMap((manifest): { code: string }[] => manifest[kind] ?? []).map(({ code }) => code),
    );
  return { permissions: codes('permissions'), features: codes('features') };
}

import type { Manifest, Route, Surface } from 'kontor/sdk';

type Ground = { prefix: string; host: 'platform' | 'store'; hasStore: boolean; access: readonly string[] };

const ON_PLATFORM = { host: 'platform', hasStore: false, access: ['anyone', 'user', 'admin'] } as const;
const ON_STORE = { host: 'store', hasStore: true, access: ['anyone', 'customer'] } as const;

/** Where the routes of a surface live, and which access makes sense there. */
export const SURFACES: Readonly<Record<Surface, Ground>> = {
  store: {
    ...ON_PLATFORM,
    prefix: '/api/stores/:store',
    hasStore: true,
    access: ['permission', 'user', 'admin'],
  },
  admin: { ...ON_PLATFORM, prefix: '/api/admin', access: ['admin'] },
  account: { ...ON_PLATFORM, prefix: '/api/account' },
  platform: { ...ON_PLATFORM, prefix: '' },
  shop: { ...ON_STORE, prefix: '/api/shop' },
  storefront: { ...ON_STORE, prefix: '' },
  hooks: { ...ON_PLATFORM, prefix: '/hooks/:plugin', access: ['provider'] },
};

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const TAKEN = /^\/(livez|readyz|hooks(\/|$)|api\/(stores|admin|account|shop)(\/|$))/;

export function isUnsafe(route: Route): boolean {
  return route.method !== 'GET';
}

/** The address as the router knows it. */
export function addressOf(plugin: string, { surface, path }: Route): string {
  const { prefix } = SURFACES[surface];
  return `${prefix.replace(':plugin', plugin)}${path === '/' && prefix ? '' : path}`;
}

type Declared = { permissions: ReadonlySet<string>; features: ReadonlySet<string> };

/** What is wrong with a route, as a sentence; undefined when nothing is. */
export function routeFault(route: Route, declared: Declared): string | undefined {
  const { method, surface, path, access, feature, body, handler } = route;
  const ground = SURFACES[surface];
  if (!METHODS.includes(method)) return `has the method ${method}; expected one of ${METHODS.join(', ')}`;
  if (!ground) return `has the surface '${surface}'; expected one of ${Object.keys(SURFACES).join(', ')}`;
  if (typeof path !== 'string' || !path.startsWith('/')) return 'has a path that does not begin with /';
  if (ground.prefix === '' && TAKEN.test(path)) return 'has an address that belongs to another surface';
  if (ground.hasStore && /:store\b/.test(path)) {
    return "names a parameter 'store', which is the surface's own";
  }
  if (access === undefined) return 'states no access: add `access`, so that it is clear who may call it';
  const permission = typeof access === 'object' && access !== null ? access.permission : undefined;
  if (!ground.access.includes(permission === undefined ? String(access) : 'permission')) {
    const wanted = ground.access.join(', ');
    return `has the access ${JSON.stringify(access)}; on surface ${surface} expected one of: ${wanted}`;
  }
  if (permission !== undefined && !declared.permissions.has(permission)) {
    return `asks for the permission '${permission}', which no running plugin declares in its plugin.json`;
  }
  if (feature !== undefined && !ground.hasStore) {
    return `asks for a feature, but surface ${surface} has no store`;
  }
  if (feature !== undefined && !declared.features.has(feature)) {
    return `asks for the feature '${feature}', which no running plugin declares in its plugin.json`;
  }
  if (body && !isUnsafe(route)) return 'is a GET with a body; move the fields to `query`';
  return typeof handler === 'function' ? undefined : 'has no handler';
}

/** Every permission and feature that running plugins declare. */
export function declaredCodes(manifests: readonly Manifest[]): Declared {
  return {
    permissions: new Set(manifests.flatMap(({ permissions = [] }) => permissions.map(({ code }) => code))),
    features: new Set(manifests.flatMap(({ features = [] }) => features.map(({ code }) => code))),
  };
}

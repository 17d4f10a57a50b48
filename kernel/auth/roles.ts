import type { Manifest, Membership, Role, RolePreset } from 'kontor/sdk';
import type { AuthDeps } from './common.ts';
import { authErrors } from './errors.ts';

const PRESETS = {
  owner: 'Owner',
  manager: 'Manager',
  editor: 'Editor',
  fulfilment: 'Fulfilment',
  accountant: 'Accountant',
  'read-only': 'Read only',
} as const satisfies Record<RolePreset, string>;

/** Owner of everything remembered that depends on what plugins declare. */
export const RIGHTS = 'rights';

type Declared = { readonly plugin: string; readonly presets: ReadonlySet<string> };

/** What roles may do: presets follow the running plugins, a store's own roles are sets of what those declare. */
export function createRoles({ database }: Pick<AuthDeps, 'database'>) {
  let declared: ReadonlyMap<string, Declared> = new Map();
  let limits: ReadonlySet<string> = new Set();

  const isPreset = (code: string): code is RolePreset => Object.hasOwn(PRESETS, code);

  /** @param own - what the store's own role of this code holds */
  function permissionsOf(code: string, own: readonly string[] | null): string[] {
    const all = [...declared.keys()];
    if (code === 'owner') return all;
    if (isPreset(code)) return all.filter((permission) => declared.get(permission)!.presets.has(code));
    return (own ?? []).filter((permission) => declared.has(permission));
  }

  return {
    isPreset,
    permissionsOf,
    unknown: (permissions: readonly string[]) =>
      permissions.filter((permission) => !declared.has(permission)),
    hasLimit: (limit: string) => limits.has(limit),
    presets: (): Role[] =>
      Object.entries(PRESETS).map(([code, title]) => ({
        code,
        title,
        permissions: permissionsOf(code, null),
        isPreset: true,
      })),
    declare(manifests: readonly Manifest[]): void {
      const next = new Map<string, Declared>();
      for (const { id: plugin, permissions = [] } of manifests) {
        for (const { code, presets } of permissions) {
          const other = next.get(code);
          if (other) throw new authErrors.KERNEL_ERR_PERMISSION_TWICE(code, other.plugin, plugin);
          next.set(code, { plugin, presets: new Set(presets) });
        }
      }
      declared = next;
      limits = new Set(manifests.flatMap((manifest) => manifest.limits ?? []).map(({ code }) => code));
    },
    /** Of one user in all stores, hence under the platform's role. */
    async memberships(userId: number): Promise<Membership[]> {
      const rows = await database.platform.query<Omit<Membership, 'permissions'> & { own: string[] | null }>(
        `select s.id as "storeId", s.handle, s.name, m.role, r.permissions as own
         from kernel.members m
         join kernel.stores s on s.id = m.store_id
         left join kernel.roles r on r.store_id = m.store_id and r.code = m.role
         where m.user_id = $1 order by s.name, s.id`,
        [userId],
      );
      return rows.map(({ own, ...row }) => ({ ...row, permissions: permissionsOf(row.role, own) }));
    },
  };
}
export type Roles = ReturnType<typeof createRoles>;

import { type Actor, type Cradle, ok, refused, type Result, type Role } from 'kontor/sdk';

/** How far somebody's own rights reach: nobody gives, takes or changes what they do not hold themselves. */
export type Reach = {
  covers(permissions: readonly string[]): Result<undefined, 'beyondYourRole'>;
  /** Owners hold what plugins of tomorrow will declare too, so that only an owner makes or unmakes one. */
  coversRole(code: string): Promise<Result<undefined, 'beyondYourRole'>>;
  coversMember(userId: number): Promise<Result<undefined, 'beyondYourRole'>>;
};

/** The reach of whoever acts in the current store. */
export async function reachOf(
  actor: Actor,
  { stores, team, users }: Pick<Cradle, 'stores' | 'team' | 'users'>,
): Promise<Reach> {
  const held = await rightsOf(actor);

  function covers(permissions: readonly string[]): Result<undefined, 'beyondYourRole'> {
    const missing = permissions.filter((permission) => !held.permissions.has(permission));
    return missing.length === 0 ? ok() : refused('beyondYourRole', { missing });
  }

  async function coversRole(code: string): Promise<Result<undefined, 'beyondYourRole'>> {
    if (code === 'owner') return held.role === 'owner' ? ok() : refused('beyondYourRole', { role: code });
    const role = (await team.roles()).find((one: Role) => one.code === code);
    return role ? covers(role.permissions) : ok(); // the team itself says that there is no such role
  }

  return {
    covers,
    coversRole,
    async coversMember(userId) {
      const member = (await team.members()).find((one) => one.userId === userId);
      return member ? coversRole(member.role) : ok();
    },
  };

  async function rightsOf(
    who: Actor,
  ): Promise<{ role: string | undefined; permissions: ReadonlySet<string> }> {
    if (who.kind === 'apiKey') return { role: undefined, permissions: new Set(who.scopes) };
    if (who.kind !== 'user') return { role: undefined, permissions: new Set() };
    const here = stores.current().id;
    const membership = (await users.memberships(who.userId)).find(({ storeId }) => storeId === here);
    return { role: membership?.role, permissions: new Set(membership?.permissions) };
  }
}

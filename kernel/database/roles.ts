import { createHmac } from 'node:crypto';
import type { Config } from '../parts.ts';
import { derivedKey } from './token.ts';

/** Names and passwords of the database roles. Passwords follow from the secret, so that every node knows them. */
export type Roles = ReturnType<typeof createRoles>;

export function createRoles(config: Config) {
  const prefix = config.database.rolePrefix;
  const key = derivedKey(config.secrets[0]!.key, 'database-roles');
  return {
    owner: `${prefix}_owner`,
    tenant: `${prefix}_tenant`,
    app: `${prefix}_app`,
    platform: `${prefix}_platform`,
    jobs: `${prefix}_jobs`,
    /** The login that owns a plugin's schema and runs its migrations. */
    plugin: (id: string) => `${prefix}_plugin_${schemaOf(id)}`,
    /** What a plugin's statements run as. */
    run: (id: string) => `${prefix}_run_${schemaOf(id)}`,
    password: (role: string) => createHmac('sha256', key).update(role).digest('base64url'),
  };
}

/** The schema of a plugin: its id in snake_case. */
export function schemaOf(plugin: string): string {
  return plugin.replaceAll('-', '_');
}

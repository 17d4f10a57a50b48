import { Type } from 'kontor/sdk';

export const READ = { permission: 'team.read' } as const;
export const MANAGE = { permission: 'team.manage' } as const;
export const API_KEYS = { permission: 'team.api_keys' } as const;

export const roleCode = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 40 });
export const title = Type.String({ minLength: 1, maxLength: 100 });
export const permissions = Type.Array(Type.String({ maxLength: 80 }), { maxItems: 500, uniqueItems: true });
export const byId = Type.Object({ id: Type.Integer({ minimum: 1 }) });
export const byUser = Type.Object({ userId: Type.Integer({ minimum: 1 }) });
export const byCode = Type.Object({ code: roleCode });

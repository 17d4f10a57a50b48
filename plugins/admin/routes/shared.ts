import { Type } from 'kontor/sdk';

/** Every route of this plugin lives here and is for admins. */
export const forAdmins = { surface: 'admin', access: 'admin' } as const;

export const id = Type.Integer({ minimum: 1 });
export const idInPath = Type.Object({ id });
export const name = Type.String({ minLength: 1, maxLength: 200 });
export const code = Type.String({ minLength: 1, maxLength: 80 });
export const tierValue = Type.Union([Type.Boolean(), Type.Integer({ minimum: 0 }), Type.Null()]);

/** A page by id: go on `after` the last one's. */
export const page = Type.Object({
  after: Type.Optional(Type.Integer({ minimum: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});

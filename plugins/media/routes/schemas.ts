import { Type } from 'kontor/sdk';

export const toRead = { surface: 'store', access: { permission: 'media.read' } } as const;
export const toWrite = { surface: 'store', access: { permission: 'media.write' } } as const;

export const id = Type.Integer({ minimum: 1 });
export const oneFile = Type.Object({ id });
export const name = Type.String({ minLength: 1, maxLength: 200 });
export const folder = Type.String({ maxLength: 200 });
/** Texts by language. */
export const alt = Type.Record(
  Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$' }),
  Type.String({ maxLength: 500 }),
  { maxProperties: 30, additionalProperties: false },
);
export const refusals = {
  notFound: 404,
  inUse: 409,
  changed: 409,
  unsupportedType: 415,
  tooLarge: 413,
  limitReached: 403,
} as const;

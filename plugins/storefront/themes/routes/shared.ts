import { Type } from 'kontor/sdk';

export const toRead = { surface: 'store', access: { permission: 'storefront.themes.read' } } as const;
export const toWrite = { surface: 'store', access: { permission: 'storefront.themes.write' } } as const;
export const toPublish = { surface: 'store', access: { permission: 'storefront.themes.publish' } } as const;

export const id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
/** Of a version. */
export const number = Type.Integer({ minimum: 1, maximum: 1_000_000_000 });
export const name = Type.String({ minLength: 1, maxLength: 100 });
export const oneTheme = Type.Object({ id });
export const oneFile = Type.Object({ id, '*': Type.String({ minLength: 1, maxLength: 200 }) });
export const refusals = {
  notFound: 404,
  changed: 409,
  isLive: 409,
  nothingBefore: 409,
  limitReached: 403,
} as const;

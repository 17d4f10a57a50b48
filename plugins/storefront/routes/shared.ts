import { Type } from 'kontor/sdk';

/** Pages that anybody may see. */
export const forVisitors = { method: 'GET', surface: 'storefront', access: 'anyone' } as const;

/** A language of the store; it stays chosen, and others are passed over. */
export const Language = Type.Optional(Type.String());
export const Cursor = Type.Optional(Type.String());
/** One of the names that the list knows; others are passed over. */
export const Sort = Type.Optional(Type.String());
export const ByHandle = Type.Object({ handle: Type.String() });

/** One of a few names, or nothing. */
export function oneOf<const Name extends string>(names: readonly Name[], name: string | undefined) {
  return names.find((one) => one === name);
}

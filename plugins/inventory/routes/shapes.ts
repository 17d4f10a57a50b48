import { type Id, Type } from 'kontor/sdk';

export const toRead = { surface: 'store', access: { permission: 'inventory.read' } } as const;
export const toWrite = { surface: 'store', access: { permission: 'inventory.write' } } as const;

export const id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
export const version = Type.Integer({ minimum: 1, description: 'the one the change was made from' });
export const reason = Type.String({ maxLength: 500, default: '' });
export const lines = Type.Array(
  Type.Object({ variantId: id, quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }),
  { minItems: 1, maxItems: 1000 },
);
export const pieces = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });

export const page = {
  cursor: Type.Optional(
    Type.String({ pattern: '^[1-9][0-9]{0,14}$', description: '`next` of the page before' }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
};
const USUAL = 50; // rows of a page

/** What to read for a page: one row more than it has tells whether another follows. */
export function pageOf(query: { cursor?: string; limit?: number }): {
  from?: Id;
  limit: number;
  most: number;
} {
  const most = query.limit ?? USUAL;
  return { ...(query.cursor ? { from: Number(query.cursor) } : {}), limit: most + 1, most };
}

export function answer<Row>(rows: readonly Row[], most: number, idOf: (row: Row) => Id | string) {
  const items = rows.slice(0, most);
  return { items, next: rows.length > most ? String(idOf(items.at(-1)!)) : null };
}

import { Type } from 'kontor/sdk';

/** An entry as every route answers it. */
export const Entry = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  text: Type.String(),
  answer: Type.Union([Type.String(), Type.Null()]),
  badges: Type.Array(Type.String()),
});
export const Entries = Type.Object({ entries: Type.Array(Entry), title: Type.String() });
export const Before = Type.Object({ before: Type.Optional(Type.Integer({ minimum: 1 })) });
export const EntryId = Type.Object({ id: Type.Integer({ minimum: 1 }) });

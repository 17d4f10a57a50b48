import { Type } from 'kontor/sdk';

const partId = Type.String({ minLength: 1, maxLength: 200 });
const type = Type.String({ minLength: 1, maxLength: 200 });
const at = Type.Integer({ minimum: 0, maximum: 1000 });
const path = Type.Array(partId, { minItems: 1, maxItems: 10 });
const values = Type.Record(Type.String({ maxLength: 200 }), Type.Unknown(), { maxProperties: 200 });
const patch = Type.Array(
  Type.Object({
    at: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 40 }),
    value: Type.Optional(Type.Unknown()),
  }),
  { maxItems: 1000 },
);
const part = { section: partId, block: Type.Optional(path) };
const container = { section: partId, in: Type.Optional(path) };
const edit = <Fields extends object>(name: string, fields: Fields) =>
  Type.Object({ do: Type.Literal(name), ...fields } as never, { additionalProperties: false });

/** What an editor may ask; `themes/model/edit/edits.ts` has the same as types. */
export const anyEdit = Type.Union([
  edit('addSection', { type, preset: Type.Optional(Type.String()), at: Type.Optional(at) }),
  edit('moveSection', { section: partId, at }),
  edit('addBlock', { ...container, type, preset: Type.Optional(Type.String()), at: Type.Optional(at) }),
  edit('moveBlock', {
    section: partId,
    block: path,
    to: Type.Object({ ...container, at }, { additionalProperties: false }),
  }),
  edit('remove', part),
  edit('copy', part),
  edit('hide', { ...part, isHidden: Type.Boolean() }),
  edit('rename', { ...part, name: Type.String({ maxLength: 100 }) }),
  edit('set', { section: Type.Optional(partId), block: Type.Optional(path), values }),
  edit('patch', { patch }),
  edit('usePreset', { preset: Type.String() }),
  edit('addScheme', { copyOf: Type.Optional(Type.String()) }),
  edit('removeScheme', { scheme: Type.String() }),
  edit('setScheme', { scheme: Type.String(), values }),
]);

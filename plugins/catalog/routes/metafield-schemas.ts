import { Type } from 'kontor/sdk';

const name = Type.String({ minLength: 1, maxLength: 255 });
/** Themes write it: `product.metafields.specs.weave`. */
export const key = Type.String({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 64 });
export const handle = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 120 });
export const type = Type.String({ maxLength: 40, examples: ['single_line_text'] });
export const validations = Type.Object({
  min: Type.Optional(Type.Number()),
  max: Type.Optional(Type.Number()),
  choices: Type.Optional(Type.Array(Type.String({ maxLength: 255 }), { minItems: 1, maxItems: 200 })),
  metaobject: Type.Optional(key),
});
export const owner = Type.Union([
  Type.Literal('product'),
  Type.Literal('variant'),
  Type.Literal('collection'),
]);

export const newDefinition = Type.Object({
  owner,
  namespace: key,
  key,
  type,
  name,
  description: Type.Optional(Type.String({ maxLength: 1000 })),
  validations: Type.Optional(validations),
});
export const definitionChange = Type.Object({
  name: Type.Optional(name),
  description: Type.Optional(Type.String({ maxLength: 1000 })),
  validations: Type.Optional(validations),
});

const fields = Type.Array(
  Type.Object({
    key,
    name,
    type,
    isRequired: Type.Optional(Type.Boolean()),
    validations: Type.Optional(validations),
  }),
  { minItems: 1, maxItems: 40 },
);
export const newMetaobjectDefinition = Type.Object({ type: key, name, fields });
export const metaobjectDefinitionChange = Type.Object({
  version: Type.Integer(),
  name: Type.Optional(name),
  fields: Type.Optional(fields),
});

const values = Type.Record(key, Type.Unknown(), { description: 'values by key' });
export const newMetaobject = Type.Object({ type: key, handle, fields: values });
export const metaobjectChange = Type.Object({
  version: Type.Integer(),
  handle: Type.Optional(handle),
  fields: Type.Optional(values),
});

export const metafieldValues = Type.Object({
  metafields: Type.Array(
    Type.Object({ namespace: key, key, value: Type.Unknown({ description: 'null takes it away' }) }),
    { maxItems: 250 },
  ),
});

/** Pages in the order of ids: `cursor` is the `next` of the answer before. */
export const idPage = {
  cursor: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
};

import { Type } from 'kontor/sdk';

const text = Type.String({ maxLength: 200 });

export const searchQuery = Type.Object({
  q: Type.Optional(text),
  collectionId: Type.Optional(Type.Integer()),
  facet: Type.Optional(
    Type.Array(Type.String({ pattern: '^(vendor|type|tag|option\\.[^:]{1,255}):.{1,255}$' }), {
      maxItems: 50,
      description:
        'name, colon, value; several of one name are alternatives: `facet=vendor:Acme&facet=tag:blue`',
    }),
  ),
  minAmount: Type.Optional(Type.Integer({ minimum: 0, description: 'minor units' })),
  maxAmount: Type.Optional(Type.Integer({ minimum: 0, description: 'minor units' })),
  sort: Type.Optional(
    Type.Union([
      Type.Literal('relevance'),
      Type.Literal('price'),
      Type.Literal('-price'),
      Type.Literal('newest'),
    ]),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 400 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});

export const suggestQuery = Type.Object({
  q: text,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
});

const word = Type.String({ minLength: 1, maxLength: 40, pattern: '^[\\p{L}\\p{N}]+$' });
export const synonyms = Type.Object({
  synonyms: Type.Array(
    Type.Object({
      words: Type.Array(word, { minItems: 2, maxItems: 12, description: 'words that mean the same' }),
    }),
    { maxItems: 500 },
  ),
});

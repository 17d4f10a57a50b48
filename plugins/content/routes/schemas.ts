import { Type } from 'kontor/sdk';

export const toRead = { surface: 'store', access: { permission: 'content.read' } } as const;
export const toWrite = { surface: 'store', access: { permission: 'content.write' } } as const;
export const forVisitors = { surface: 'shop', access: 'anyone' } as const;
export const refusals = {
  notFound: 404,
  handleTaken: 409,
  changed: 409,
  alreadyOwn: 409,
  tooMany: 429,
};

export const text = (maxLength: number) => Type.String({ maxLength });
export const oneOf = <const Value extends string>(values: readonly Value[]) =>
  Type.Union(values.map((value) => Type.Literal(value)));

export const BODY_LIMIT = 4 * 1024 * 1024; // bytes: a long text in four languages
const LONGEST = 500_000; // letters of a text
export const byId = Type.Object({ id: Type.Integer({ minimum: 1 }) });
export const handle = Type.String({ minLength: 1, maxLength: 120 });
export const title = Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' });
export const version = Type.Optional(Type.Integer({ description: 'the one the change was made from' }));
export const locale = Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 35 });
/** Keyset pages: `cursor` is the `next` of the answer before. */
export const page = {
  cursor: Type.Optional(text(1000)),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
};

const seo = Type.Object({ title: Type.Optional(text(255)), description: Type.Optional(text(1000)) });
const perLanguage = {
  title: Type.Optional(text(255)),
  handle: Type.Optional(text(120)),
  seo: Type.Optional(seo),
};
/** What everything with an address has. */
export const named = {
  handle: Type.Optional(handle),
  seo: Type.Optional(seo),
  template: Type.Optional(
    Type.String({ maxLength: 80, pattern: '^[a-z0-9_-]*$', description: 'suffix of the theme’s template' }),
  ),
};
/** What pages and articles have. */
export const written = {
  ...named,
  body: Type.Optional(text(LONGEST)),
  author: Type.Optional(text(255)),
  isPublished: Type.Optional(Type.Boolean()),
  publishAt: Type.Optional(
    Type.Union([Type.String({ format: 'date-time' }), Type.Null()], { description: 'seen from then on' }),
  ),
};
export const translations = Type.Optional(
  Type.Record(locale, Type.Object(perLanguage), { description: 'texts by language', maxProperties: 30 }),
);
export const longTranslations = Type.Optional(
  Type.Record(
    locale,
    Type.Object({
      ...perLanguage,
      body: Type.Optional(text(LONGEST)),
      excerpt: Type.Optional(text(LONGEST)),
    }),
    { description: 'texts by language', maxProperties: 30 },
  ),
);

/** Dates come as text. */
export function dated<Body extends { publishAt?: string | null }>({ publishAt, ...body }: Body) {
  return {
    ...body,
    ...(publishAt === undefined ? {} : { publishAt: publishAt === null ? null : new Date(publishAt) }),
  };
}

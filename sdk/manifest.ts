import { Type, type Static } from 'typebox';

const id = Type.String({
  pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
  maxLength: 40,
  description: 'kebab-case',
});
const range = Type.String({ minLength: 1, description: 'a semver range, e.g. ^1.2.0' });
const hookName = Type.String({ pattern: '^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9_-]*)+$', maxLength: 80 });
const code = Type.String({ pattern: '^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9_]*)+$', maxLength: 80 });
const ranges = Type.Record(id, range);
const closed = { additionalProperties: false } as const;

/** Where a handler stands among others of the same hook, by plugin id. The dependency graph comes first. */
const place = Type.Object(
  { before: Type.Optional(Type.Array(id)), after: Type.Optional(Type.Array(id)) },
  closed,
);

const feature = Type.Object(
  {
    code,
    title: Type.String({ minLength: 1 }),
    tier: Type.Optional(
      Type.String({ description: 'code of the lowest tier that has it; all tiers when left out' }),
    ),
  },
  closed,
);

const limit = Type.Object(
  {
    code,
    title: Type.String({ minLength: 1 }),
    per: Type.Union([Type.Literal('total'), Type.Literal('month')]),
    tiers: Type.Record(Type.String(), Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]), {
      description: 'tier code to the most that may be used; null is no limit, a tier left out has 0',
    }),
  },
  closed,
);

const permission = Type.Object(
  {
    code,
    title: Type.String({ minLength: 1 }),
    presets: Type.Array(
      Type.Union([
        Type.Literal('owner'),
        Type.Literal('manager'),
        Type.Literal('editor'),
        Type.Literal('fulfilment'),
        Type.Literal('accountant'),
        Type.Literal('read-only'),
      ]),
      { description: 'role presets that have it; owner always has' },
    ),
  },
  closed,
);

/**
 * What `plugin.json` says: data, judged before any code of the plugin runs. The schema is the reference; the type is
 * taken from it.
 */
export const ManifestSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    id,
    version: Type.String({ description: 'semver, e.g. 1.4.0' }),
    title: Type.String({ minLength: 1 }),
    description: Type.Optional(Type.String()),
    requires: Type.String({
      minLength: 1,
      description: 'range of the kernel contract this plugin was made for',
    }),
    entry: Type.Optional(Type.String({ description: 'module with the definition; index.ts, else index.js' })),
    dependsOn: Type.Optional(ranges),
    worksWith: Type.Optional(ranges),
    autoEnable: Type.Optional(
      Type.Boolean({
        description: 'a plugin in plugins/ is enabled when first found; false leaves it to an admin',
      }),
    ),
    uses: Type.Optional(
      Type.Array(Type.Literal('administration'), {
        description: 'services that are not for everybody; given to bundled plugins only',
      }),
    ),
    features: Type.Optional(Type.Array(feature)),
    limits: Type.Optional(Type.Array(limit)),
    permissions: Type.Optional(Type.Array(permission)),
    settings: Type.Optional(
      Type.Object(
        {},
        {
          additionalProperties: true,
          description: 'JSON Schema of type object; "secret": true seals a field',
        },
      ),
    ),
    declares: Type.Optional(
      Type.Object(
        {
          services: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z][A-Za-z0-9]*$' }))),
          events: Type.Optional(Type.Array(hookName)),
          filters: Type.Optional(Type.Array(hookName)),
          guards: Type.Optional(Type.Array(hookName)),
          points: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z][A-Za-z0-9.-]*$' }))),
          jobs: Type.Optional(Type.Array(hookName)),
        },
        closed,
      ),
    ),
    contributes: Type.Optional(
      Type.Object(
        {
          events: Type.Optional(Type.Array(hookName, { description: 'events this plugin handles' })),
          filters: Type.Optional(Type.Record(Type.String(), place)),
          guards: Type.Optional(Type.Record(Type.String(), place)),
          points: Type.Optional(Type.Array(Type.String())),
        },
        closed,
      ),
    ),
  },
  closed,
);

export type Manifest = Static<typeof ManifestSchema>;
export type HandlerPlace = Static<typeof place>;

import { Type, type Static } from 'typebox';

const id = Type.String({
  pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
  maxLength: 40,
  description: 'kebab-case',
});
const range = Type.String({ minLength: 1, description: 'a semver range, e.g. ^1.2.0' });
const hookName = Type.String({
  pattern: '^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9_-]*)+$',
  maxLength: 80,
  description: 'a dotted name of small letters, digits, - and _, e.g. note.written',
});
const code = Type.String({
  pattern: '^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9_]*)+$',
  maxLength: 80,
  description: 'the plugin’s id, a dot, then small letters, digits and _, e.g. notes.per_month',
});
const ranges = (description: string) => Type.Record(id, range, { description });
const title = Type.String({ minLength: 1, description: 'what people read' });
const closed = { additionalProperties: false } as const;

/** Where a handler stands among others of the same hook, by plugin id. The dependency graph comes first. */
const place = Type.Object(
  {
    before: Type.Optional(Type.Array(id, { description: 'plugins whose handlers run later' })),
    after: Type.Optional(Type.Array(id, { description: 'plugins whose handlers run earlier' })),
  },
  closed,
);

const feature = Type.Object(
  {
    code,
    title,
    tier: Type.Optional(
      Type.String({ description: 'code of the lowest tier that has it; all tiers when left out' }),
    ),
  },
  closed,
);

const limit = Type.Object(
  {
    code,
    title,
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
    title,
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
    $schema: Type.Optional(Type.String({ description: 'for editors; not read' })),
    id,
    version: Type.String({ description: 'semver, e.g. 1.4.0' }),
    title,
    description: Type.Optional(Type.String({ description: 'a sentence for admins' })),
    requires: Type.String({
      minLength: 1,
      description: 'range of the kernel contract this plugin was made for',
    }),
    entry: Type.Optional(Type.String({ description: 'module with the definition; index.ts, else index.js' })),
    dependsOn: Type.Optional(ranges('plugins it cannot do without, each with a range of versions')),
    worksWith: Type.Optional(ranges('plugins it knows but can do without, each with a range of versions')),
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
    features: Type.Optional(Type.Array(feature, { description: 'what a tier switches on or off' })),
    limits: Type.Optional(Type.Array(limit, { description: 'what a tier caps' })),
    permissions: Type.Optional(
      Type.Array(permission, { description: 'what roles and API keys are made of' }),
    ),
    settings: Type.Optional(
      Type.Object(
        {},
        {
          additionalProperties: true,
          description:
            'JSON Schema of type object; "secret": true seals a field, "platformOnly": true keeps it from stores',
        },
      ),
    ),
    declares: Type.Optional(
      Type.Object(
        {
          services: Type.Optional(
            Type.Array(Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', description: 'camelCase' }), {
              description: 'services it gives to plugins that name it',
            }),
          ),
          events: Type.Optional(Type.Array(hookName, { description: 'events it owns' })),
          filters: Type.Optional(Type.Array(hookName, { description: 'values it lets pass through others' })),
          guards: Type.Optional(Type.Array(hookName, { description: 'questions it asks others' })),
          points: Type.Optional(
            Type.Array(Type.String({ pattern: '^[a-z][A-Za-z0-9.-]*$' }), {
              description: 'points that others add to',
            }),
          ),
          jobs: Type.Optional(Type.Array(hookName, { description: 'jobs it has' })),
        },
        { ...closed, description: 'what it owns; the definition must have just the same' },
      ),
    ),
    contributes: Type.Optional(
      Type.Object(
        {
          events: Type.Optional(Type.Array(hookName, { description: 'events this plugin handles' })),
          filters: Type.Optional(
            Type.Record(Type.String(), place, { description: 'filters it handles, each with its place' }),
          ),
          guards: Type.Optional(
            Type.Record(Type.String(), place, { description: 'guards it handles, each with its place' }),
          ),
          points: Type.Optional(Type.Array(Type.String(), { description: 'points it adds to' })),
        },
        { ...closed, description: 'what it does with what it or others own' },
      ),
    ),
  },
  closed,
);

/** `plugin.json` as a type. */
export type Manifest = Static<typeof ManifestSchema>;
/** Where a filter's or guard's handler wants to stand among those of other plugins. */
export type HandlerPlace = Static<typeof place>;

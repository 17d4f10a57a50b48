import { readFileSync } from 'node:fs';
import { tenantTable } from 'kontor/sdk';
import { table } from './markdown.ts';

/** A rule in words, and what the check says of a table that breaks it: the same text as in its source. */
const RULES: readonly { rule: string; because: string; says: string }[] = [
  {
    rule: 'A table is made by `tenantTable`, `referenceTable` or `localTable`.',
    because:
      'Each table is declared as one of three kinds; that decides who sees its rows, and where it goes once the database is distributed.',
    says: 'made by hand; use tenantTable, referenceTable or localTable',
  },
  {
    rule: 'A tenant table has `store_id bigint not null`.',
    because: 'Every business row belongs to one store.',
    says: 'must be bigint not null',
  },
  {
    rule: 'Row level security is enabled and forced on a tenant table.',
    because: 'Forced holds the owner to it as well.',
    says: 'row level security must be enabled and forced',
  },
  {
    rule: 'The policy `store` compares `store_id` with `kernel.current_store()`, for reading and writing, without a subselect.',
    because: 'This form folds to one check a query, and a distributed database accepts it.',
    says: 'must be using and with check',
  },
  {
    rule: 'There is no policy besides `store` and `platform`.',
    because: 'Policies are joined by OR: one more opens the table further.',
    says: 'opens the table further',
  },
  {
    rule: '`store_id` leads the primary key.',
    because: 'The key is also where the row lies once the database is distributed.',
    says: 'store_id must lead the primary key',
  },
  {
    rule: '`store_id` leads every unique index.',
    because: 'A unique key over all stores would tell a stranger that a hidden row exists.',
    says: 'a unique key without store_id in front tells a stranger that a hidden row exists',
  },
  {
    rule: '`store_id` leads every btree index of a tenant table.',
    because: 'Every query names the store.',
    says: 'store_id must lead it',
  },
  {
    rule: 'A foreign key to a tenant table has `store_id` first on both sides.',
    because: 'Otherwise the row of another store would be accepted.',
    says: 'store_id must lead both sides of a foreign key',
  },
  {
    rule: 'There are no exclusion constraints.',
    because: 'They cannot be distributed.',
    says: 'exclusion constraints cannot be distributed',
  },
  {
    rule: 'There are no triggers.',
    because: 'They cannot be distributed; an event does the same where it can be seen.',
    says: 'triggers cannot be distributed, use an event',
  },
  {
    rule: 'A plugin makes no functions.',
    because: 'What is decided in code can be tested.',
    says: 'a plugin makes no functions',
  },
  {
    rule: 'There are no views.',
    because: 'A view shows the rows its owner sees.',
    says: "a view shows its owner's rows",
  },
  {
    rule: 'There are no materialised views.',
    because: 'They know no row level security.',
    says: "a materialised view shows every store's rows",
  },
  {
    rule: 'Names of constraints and indexes do not end in `_` and digits.',
    because: 'Shards are named so, and errors are read by the name of the constraint.',
    says: 'its name ends in _ and digits',
  },
  { rule: 'Columns are snake_case.', because: 'No name has to be quoted.', says: 'is not snake_case' },
  {
    rule: 'A time is `timestamptz`.',
    because: 'A time without a zone means another moment on each server.',
    says: 'must be timestamptz',
  },
  {
    rule: 'No column is `money` or `real`.',
    because: 'Amounts are whole minor units in a `bigint`, beside a currency.',
    says: 'amounts are bigint minor units',
  },
  {
    rule: 'An identity column is `bigint`.',
    because: 'Ids made on a distributed server begin at 2^48.',
    says: 'must be bigint`',
  },
];

/** The page docs/reference/schema-rules.md: what every schema is held against after each migration. */
export function schemaRulesReference(): string {
  return [
    '# Schema rules',
    '',
    'After each step of a migration, inside its transaction, the schema is read back from the catalogue of the database and held',
    'against these rules (`kernel/migrations/catalogue.ts`). A step that breaks one is taken back, with the rule in the message',
    '(`KERNEL_ERR_MIGRATION_RULES`). How to write migrations: [migrations](../guides/migrations.md).',
    '',
    ...table(
      ['rule', 'because'],
      RULES.map(({ rule, because }) => [rule, because]),
    ),
    '',
    'What `tenantTable` makes of a small table:',
    '',
    '```sql',
    ...tenantTable('notes.notes', {
      columns: { text: 'text not null', written_at: 'timestamptz not null' },
      indexes: { by_time: ['written_at', 'id'] },
    }).map((statement) => `${statement};`),
    '```',
    '',
    '`kernel.make_tenant` adds the policies `store` and `platform`, the grants for the role of the plugin, and the mark that the',
    'check looks for.',
    '',
  ].join('\n');
}

/** Rules whose words are no longer in the check, and faults of the check that no rule here tells of. */
export function faultsOfRules(): string[] {
  const source = readFileSync(new URL('../../kernel/migrations/catalogue.ts', import.meta.url), 'utf8');
  const checked = source.slice(0, source.indexOf('const TABLES'));
  const told = [...checked.matchAll(/faults\.push\(|return \[`|\) => `function|, `\$\{name\}: made by hand/g)]
    .length;
  return [
    ...RULES.filter(({ says }) => !checked.includes(says)).map(
      ({ says }) => `No check says '${says}' any more`,
    ),
    ...(told === PLACES
      ? []
      : [`The check has ${told} places that name a fault, expected ${PLACES}; are all rules told?`]),
  ];
}

/** How many places of catalogue.ts name a fault. Who adds one adds its rule above. */
const PLACES = 19;

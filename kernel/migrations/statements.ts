import type { Migration } from 'kontor/sdk';

/** The statements of a direction, tables unfolded, in order. */
export function statementsOf(migration: Migration, direction: 'up' | 'down'): string[] {
  return migration[direction].flatMap((step) => (typeof step === 'string' ? [step] : [...step]));
}

/**
 * Names with a schema that a plugin may not touch. The database refuses them too, by its roles; this says it in a
 * sentence, and is the only wall where the server let us make no roles.
 */
export function foreignNames(statement: string, schema: string): string[] {
  const code = withoutWords(statement).replaceAll(ON_KERNEL, ' ');
  const names = [...code.matchAll(/(?<![\w.$])("?[a-z_][\w$]*"?)\s*\.\s*("?[a-z_][\w$]*"?)/gi)].map(
    ([, before, after]) => `${before}.${after}`.replaceAll('"', '').toLowerCase(),
  );
  const words = [RIGHTS.exec(code), CONTROL.exec(code)].flatMap((found) =>
    found ? [`"${found[0].toLowerCase()}"`] : [],
  );
  return [...names.filter((name) => !isOwn(name, schema)), ...words];
}

/** Who may what is the kernel's to say; */
const RIGHTS =
  /\b(set\s+(local\s+|session\s+)?(role|session\s+authorization)|reset\s+role|grant|revoke|(create|alter|drop)\s+(role|user|database|extension|schema|policy))\b/i;
/** and a step is one transaction, which the kernel begins and ends. */
const CONTROL =
  /(?:^|;)\s*(begin|start\s+transaction|commit|end|rollback|abort|savepoint|release|prepare)\b/i;

function isOwn(name: string, schema: string): boolean {
  return name.startsWith(`${schema}.`) || name.startsWith('pg_catalog.');
}

/** The two ways in which a table stands on the kernel. */
const ON_KERNEL = /^\s*select\s+kernel\.make_(tenant|reference|local)\b|\breferences\s+kernel\.stores\b/gi;

/** The statement less its strings and comments, which may name what they like. */
function withoutWords(statement: string): string {
  return statement
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/\/\*[\s\S]*?\*\//g, ' ')
    .replaceAll(/\$(\w*)\$[\s\S]*?\$\1\$/g, "''")
    .replaceAll(/'(?:[^']|'')*'/g, "''");
}

/** Kinds of statements that hold a strong lock on a table which has rows, and what to do instead. */
const HEAVY: readonly { pattern: RegExp; why: string }[] = [
  {
    pattern: /^\s*create\s+(unique\s+)?index\s+(?!concurrently)/i,
    why: 'blocks writes while the index is built',
  },
  {
    pattern: /\balter\s+column\s+\S+\s+(set\s+data\s+)?type\b/i,
    why: 'rewrites the table under an exclusive lock',
  },
  {
    pattern: /\balter\s+column\s+\S+\s+set\s+not\s+null\b/i,
    why: 'reads the whole table under an exclusive lock',
  },
  {
    pattern:
      /\badd\s+(constraint\s+\S+\s+)?(check|foreign\s+key|unique|exclude|primary\s+key)\b(?![\s\S]*not\s+valid)/i,
    why: 'reads the whole table under a lock; add it NOT VALID, then validate',
  },
  {
    pattern: /\badd\s+column\b[\s\S]*\bdefault\s+[^;]*\b(random|clock_timestamp|gen_random_uuid|nextval)\b/i,
    why: 'rewrites the table under an exclusive lock',
  },
  {
    pattern: /^\s*drop\s+(table|schema|index)\b|\bdrop\s+column\b/i,
    why: 'removes data or waits for every reader',
  },
  { pattern: /^\s*(lock|truncate|cluster|vacuum\s+full)\b/i, why: 'locks the table outright' },
];

/** Statements that lock a table which stood before this migration, each with why. */
export function heavyStatements(statements: readonly string[]): string[] {
  const made = new Set(
    statements.map((text) => /^\s*create\s+table\s+(?:if\s+not\s+exists\s+)?(\S+)/i.exec(text)?.[1]),
  );
  return statements.flatMap((text) => {
    const table = /\b(?:on|table(?:\s+if\s+exists)?(?:\s+only)?)\s+([a-z_]\w*\.[a-z_]\w*)/i.exec(text)?.[1];
    if (table && made.has(table)) return [];
    const found = HEAVY.find(({ pattern }) => pattern.test(text));
    return found ? [`${text.replaceAll(/\s+/g, ' ').slice(0, 120)}: ${found.why}`] : [];
  });
}

import { connect } from '../../kernel/database/index.ts';
import type { Config, ConnectionTarget } from '../../kernel/parts.ts';
import type { Check } from './doctor-machine.ts';

const OLDEST = 15;
const SKEW = 2_000; // ms; sessions and jobs live by both clocks

type Facts = { version: string; superuser: boolean; create_role: boolean; login: string; now: Date };

/** What the server is, what the login may do, and whether both clocks agree. */
export async function databaseChecks(input: {
  config: Config;
  target: ConnectionTarget;
  directTarget: ConnectionTarget;
}): Promise<Check[]> {
  const { config, target, directTarget } = input;
  const { facts, skew } = await ask(directTarget);
  if (directTarget !== target) await ask(target);
  const where = config.database.url ? `at ${target.host}` : 'the one that comes along';
  return [version(facts, where), abilities(facts), clock(skew)];
}

async function ask(target: ConnectionTarget): Promise<{ facts: Facts; skew: number }> {
  const client = await connect(target);
  try {
    const before = Date.now();
    const { rows } = await client.query<Facts>(
      `select current_setting('server_version') as version, rolsuper as superuser, rolcreaterole as create_role,
         rolname as login, clock_timestamp() as now from pg_roles where rolname = current_user`,
    );
    const between = (before + Date.now()) / 2;
    return { facts: rows[0]!, skew: Math.round(rows[0]!.now.getTime() - between) };
  } finally {
    await client.end();
  }
}

function version({ version }: Facts, where: string): Check {
  const check = { name: 'database', found: `PostgreSQL ${version}, ${where}` };
  return Number.parseInt(version, 10) >= OLDEST
    ? check
    : { ...check, fix: `take PostgreSQL ${OLDEST} or later` };
}

function abilities({ login, superuser, create_role }: Facts): Check {
  if (superuser)
    return { name: 'login', found: `${login} is a superuser: each plugin gets a role of its own` };
  if (create_role)
    return { name: 'login', found: `${login} may create roles: each plugin gets a role of its own` };
  return {
    name: 'login',
    found: `${login} may not create roles: plugins share one, and their statements are checked instead`,
    fix: `alter role "${login}" createrole`,
  };
}

function clock(skew: number): Check {
  const check = { name: 'clock', found: `${Math.abs(skew)} ms apart from the database's` };
  return Math.abs(skew) < SKEW
    ? check
    : { ...check, fix: 'let both machines take their time from one source (NTP)' };
}

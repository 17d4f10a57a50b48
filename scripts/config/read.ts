import { nearest } from '../../kernel/nearest.ts';
import { type Values, type Variable, variables } from './variables.ts';

const PREFIX = /^KONTOR_/;

/** Parses what is set and collects what is wrong, each as a sentence with what was wanted, what came, and the fix. */
export function readVariables(env: NodeJS.ProcessEnv): { values: Values; problems: string[] } {
  const values: Record<string, unknown> = {};
  const problems: string[] = unknownNames(env);
  for (const [name, variable] of Object.entries<Variable>(variables)) {
    const text = env[name]?.trim();
    if (!text) continue; // an empty one counts as not set: compose files pass them on like that
    values[name] = variable.parse(text);
    if (values[name] === undefined) problems.push(problem(name, variable, text));
  }
  return { values, problems: [...problems, ...contradictions(values)] };
}

function unknownNames(env: NodeJS.ProcessEnv): string[] {
  const known = Object.keys(variables).filter((name) => PREFIX.test(name));
  const ends = known.map((name) => name.replace(PREFIX, ''));
  return Object.keys(env)
    .filter((name) => PREFIX.test(name) && !known.includes(name))
    .map((name) => {
      const meant = nearest(name.replace(PREFIX, ''), ends);
      return `${name} is not known: ${meant ? `did you mean KONTOR_${meant}?` : 'remove it'}`;
    });
}

function problem(name: string, { wanted, isSecret, example }: Variable, text: string): string {
  const got = isSecret ? `${text.length} characters that are something else` : `'${text}'`;
  return `${name}: wanted ${wanted}, got ${got}; for example ${name}=${example}`;
}

function contradictions(values: Values): string[] {
  const problems: string[] = [];
  if (values.DATABASE_DIRECT_URL && !values.DATABASE_URL) {
    problems.push('DATABASE_DIRECT_URL is set without DATABASE_URL: set both, or neither');
  }
  if (values.KONTOR_DATABASE_STATEMENTS === 'pooled' && !values.DATABASE_DIRECT_URL) {
    problems.push(
      'KONTOR_DATABASE_STATEMENTS=pooled needs DATABASE_DIRECT_URL: migrations and LISTEN cannot pass a pooling proxy',
    );
  }
  const domain = values.KONTOR_PLATFORM_DOMAIN ?? 'localhost';
  const origin = values.KONTOR_PLATFORM_ORIGIN;
  if (origin && new URL(origin).hostname !== domain.toLowerCase()) {
    problems.push(
      `KONTOR_PLATFORM_ORIGIN: wanted an address on ${domain} (KONTOR_PLATFORM_DOMAIN), got '${origin}'`,
    );
  }
  return problems;
}

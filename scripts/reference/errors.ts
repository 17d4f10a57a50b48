import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ErrorClass, ErrorRow } from 'kontor/sdk';
import solutions from './errors.json' with { type: 'json' };
import { code, table } from './markdown.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TABLES = ['kernel/*/errors.ts', 'plugins/*/errors.ts', 'scripts/*/errors.ts'];

/** Answers that are given where no error table reaches: what the HTTP server and parser refuse, and unknown accidents. */
const WITHOUT_TABLE: Readonly<Record<string, ErrorRow>> = {
  KERNEL_ERR_REQUEST: [
    'What the HTTP parser refuses: an address, a media type, a length (400 to 415)',
    400,
    'public',
  ],
  KERNEL_ERR_JSON: ['Expected valid JSON in the body: %s', 400, 'public'],
  KERNEL_ERR_INTERNAL: ['Something went wrong on our side; the request id tells us what', 500, 'public'],
  KERNEL_ERR_TIMEOUT: ['This took longer than a request may take; try again', 503, 'public'],
};

type Known = { code: string; row: ErrorRow; file: string };

/** The page docs/reference/errors.md: every code with its message, status and way out. */
export async function errorsReference(): Promise<string> {
  const known = await knownErrors();
  const files = [...new Set(known.map(({ file }) => file))];
  return [
    '# Errors',
    '',
    'Every accident has a code. A *public* one reaches the client as `application/problem+json` with this message; of a',
    '*private* one the client learns the code, the status and the request id, and the log the rest. Expected refusals are no',
    'errors: they are values, and a route says which status each has ([HTTP](http.md)). Each `%s` stands for a word of the case.',
    '',
    ...files.flatMap((file) => [
      `## ${file}`,
      '',
      ...known.filter((one) => one.file === file).flatMap(entry),
    ]),
  ].join('\n');
}

/** Codes of every table, and of the few answers that have none; the same as `errors.json` must hold. */
export async function knownErrors(): Promise<Known[]> {
  const files = TABLES.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).sort();
  const found = await Promise.all(files.map(errorsIn));
  const bare = Object.entries(WITHOUT_TABLE).map(([name, row]) => ({ code: name, row, file: 'kernel/http' }));
  return [...found.flat(), ...bare];
}

/** Codes without a way out, ways out without a code, and codes in the source that no table knows; a sentence each. */
export async function faultsOfErrors(): Promise<string[]> {
  const codes = new Set((await knownErrors()).map((one) => one.code));
  const told = Object.keys(solutions);
  const written = globSync('{kernel,sdk,plugins,scripts}/**/*.ts', { cwd: ROOT })
    .filter((file) => !file.includes('/tests/'))
    .flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/'(KERNEL_ERR_[A-Z_]+)'/g)])
    .map(([, name]) => name!);
  return [
    ...[...codes]
      .filter((name) => !told.includes(name))
      .map((name) => `${name} has no line in scripts/reference/errors.json`),
    ...told
      .filter((name) => !codes.has(name))
      .map((name) => `${name} of scripts/reference/errors.json is no error any more`),
    ...written
      .filter((name) => !codes.has(name))
      .map((name) => `${name} is in the source, but in no error table`),
  ];
}

async function errorsIn(file: string): Promise<Known[]> {
  const module = (await import(pathToFileURL(join(ROOT, file)).href)) as Record<string, unknown>;
  return Object.values(module)
    .filter((value): value is Record<string, ErrorClass> => typeof value === 'object' && value !== null)
    .flatMap((classes) => Object.values(classes))
    .filter((one) => typeof one === 'function' && Array.isArray(one.row))
    .map((one) => ({ code: one.code, row: one.row, file }));
}

function entry({ code: name, row: [message, status, visibility] }: Known): string[] {
  return [
    `### ${name}`,
    '',
    ...table(['status', 'who sees it', 'message'], [[String(status), visibility, code(message)]]),
    '',
    `How to solve it: ${(solutions as Record<string, string>)[name] ?? ''}`,
    '',
  ];
}

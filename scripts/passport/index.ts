import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { ConnectionTarget } from '../../kernel/parts.ts';
import { openTestServer, runFile, testServer } from '../../sdk/testing/server.ts';

/** One rule of the passport; `sentence` says what was seen, or what is wrong and where. */
export type RuleResult = { rule: Rule; passed: boolean; sentence: string };
export type Passport = { passed: boolean; rules: RuleResult[] };
export type Rule = (typeof RULES)[number];
/** What the process that checks tells the one that waits. */
export type Word = { checking: Rule } | { result: RuleResult } | { database: string };

/** In the order in which they are checked; a rule that a failed one stands in the way of is not reported. */
export const RULES = [
  'manifest',
  'codes',
  'ranges',
  'migrations',
  'catalogue',
  'up-down-up',
  'definition',
  'set-up',
  'services',
  'hook-order',
  'routes',
  'texts',
  'hooks',
  'isolation',
  'on-off',
  'purge',
] as const;

/**
 * Holds a plugin, or a folder of plugins that belong together, against the rules that every plugin keeps. Its code runs in
 * a process of its own, over a database of its own, so that nothing it does can last.
 *
 * @param path - the plugin's folder
 * @param timeLimit - milliseconds for all of it; two minutes when left out
 * @param hookLimit - milliseconds the plugin may take to load, to start, to stop; ten seconds when left out
 */
export async function checkPlugin(path: string, limits: Limits = {}): Promise<Passport> {
  const { target, stop } = await openServer();
  try {
    const rules = await checkOn(target, path, { timeLimit: 120_000, hookLimit: 10_000, ...limits });
    return { passed: rules.length > 0 && rules.every(({ passed }) => passed), rules };
  } finally {
    await stop();
  }
}

type Limits = { timeLimit?: number; hookLimit?: number };

/** The server of a whole test run or of the environment stays; one of our own goes with the last who uses it. */
async function openServer(): Promise<{ target: ConnectionTarget; stop(): Promise<void> }> {
  const isKept = process.env.KONTOR_TEST_DATABASE_URL || existsSync(runFile);
  return isKept ? { target: await testServer(), stop: async () => undefined } : openTestServer();
}

async function checkOn(
  server: ConnectionTarget,
  path: string,
  limits: Required<Limits>,
): Promise<RuleResult[]> {
  const { timeLimit, hookLimit } = limits;
  const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [path, `${hookLimit}`], {
    execArgv: ['--import', new URL('../../sdk/register.js', import.meta.url).href],
    env: { ...process.env, KONTOR_TEST_DATABASE_URL: urlOf(server) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const rules: RuleResult[] = [];
  let checking: Rule = 'manifest';
  let database: string | undefined;
  let words = '';
  child.stderr?.on('data', (data) => (words = `${words}${data}`.slice(-2000)));
  child.on('message', (word: Word) => {
    if ('checking' in word) checking = word.checking;
    else if ('database' in word) database = word.database;
    else rules.push(word.result);
  });
  const isLate = await ended(child, timeLimit);
  if (database) await drop(server, database);
  if (isLate || child.exitCode !== 0) {
    const late = `did not end within ${timeLimit / 1000} s; look for a loop without an end`;
    const sentence = `While '${checking}' was checked, the plugin ${isLate ? late : `ended the process: ${words.trim()}`}`;
    rules.push({ rule: checking, passed: false, sentence });
  }
  return rules;
}

/** Waits for the process to end by itself, or ends it; answers whether it had to. */
async function ended(child: ReturnType<typeof fork>, timeLimit: number): Promise<boolean> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL'); // code that never gives the thread back hears nothing else
  }, timeLimit);
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return isLate;
}

function urlOf({ host, port, user, password, database }: ConnectionTarget): string {
  const url = new URL('postgres://localhost');
  url.username = user;
  url.password = password ?? '';
  url.port = `${port ?? 5432}`;
  url.pathname = database;
  url.searchParams.set('host', host);
  return url.href;
}

/** A process that was ended leaves its database behind. */
async function drop(server: ConnectionTarget, name: string): Promise<void> {
  const client = new pg.Client(server as pg.ClientConfig);
  await client.connect();
  await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
  await client.end();
}

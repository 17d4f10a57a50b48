import { parseArgs } from 'node:util';
import { nearest } from '../../kernel/nearest.ts';
import { type Answer, type Command, CommandError, UsageError } from './command.ts';
import { commands } from './commands.ts';
import { overview, usage } from './help.ts';

if (process.env.LAUNCHED_BY_KONTOR) followLauncher();
process.exitCode = await main(process.argv.slice(2));
// Whatever still waits was not worth waiting for: everything that matters was awaited.
process.exit();

async function main(written: readonly string[]): Promise<number> {
  const isJson = written.includes('--json');
  try {
    const answer = await perform(written);
    if (answer) process.stdout.write(`${isJson ? JSON.stringify(answer.data) : answer.text}\n`);
    return answer?.exitCode ?? 0;
  } catch (error) {
    tell(error, isJson);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function perform(written: readonly string[]): Promise<Answer | undefined> {
  const found = findCommand(written);
  if ('help' in found) return { data: found.help, text: found.help };
  const { name, rest } = found;
  const { default: command } = await commands[name]!.load();
  if (rest.includes('--help')) return { data: usage(name, command), text: usage(name, command) };
  return command.run(readWords({ name, command, rest }));
}

function findCommand(written: readonly string[]): { name: string; rest: string[] } | { help: string } {
  const [first = '--help', second = '--help'] = written;
  for (const name of [`${first} ${second}`, first]) {
    if (name in commands) return { name, rest: written.slice(name.split(' ').length) };
  }
  if (first.startsWith('-') || first === 'help') return { help: overview() };
  const isGroup = Object.keys(commands).some((name) => name.startsWith(`${first} `));
  if (isGroup && second.startsWith('-')) return { help: overview(first) };
  const names = Object.keys(commands);
  const wrong = isGroup ? `${first} ${second}` : first;
  const meant = nearest(`${first} ${second}`, names) ?? nearest(first, names);
  throw new UsageError(
    `There is no command '${wrong}'${meant ? `: did you mean '${meant}'?` : ''} See kontor --help`,
  );
}

function readWords(input: { name: string; command: Command; rest: string[] }) {
  const { name, command, rest } = input;
  const words = command.words?.split(' ') ?? [];
  const needed = words.filter((word) => !word.startsWith('['));
  try {
    const options = { ...command.options, json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
    if (positionals.length < needed.length) throw new Error(`${needed[positionals.length]} is missing`);
    if (positionals.length > words.length) throw new Error(`'${positionals[words.length]}' is one too many`);
    return { words: positionals, options: values as Record<string, string | boolean | undefined> };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage(name, command)}`);
  }
}

/** A known error is a sentence; of an unknown one everything is shown, since it is ours. */
function tell(error: unknown, isJson: boolean): void {
  const { code, message, stack } = error as { code?: unknown; message?: string; stack?: string };
  const isKnown = error instanceof UsageError || error instanceof CommandError || /_ERR_/.test(String(code));
  const sentence = (isKnown ? message : stack) ?? String(error);
  process.stderr.write(
    isJson ? `${JSON.stringify({ error: { code, message: sentence } })}\n` : `${sentence}\n`,
  );
}

/** Ends with the older Node that handed over to this one, however that ended. */
function followLauncher(): void {
  delete process.env.LAUNCHED_BY_KONTOR;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}

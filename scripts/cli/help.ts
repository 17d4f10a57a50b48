import type { Command } from './command.ts';
import { commands } from './commands.ts';

/** The list of commands; only of a group such as `plugins` when one is named. */
export function overview(group?: string): string {
  const names = Object.keys(commands).filter((name) => !group || name.startsWith(`${group} `));
  const widest = Math.max(...names.map((name) => name.length));
  return [
    `Usage: kontor ${group ?? 'COMMAND'} ...`,
    '',
    ...names.map((name) => `  ${name.padEnd(widest)}  ${commands[name]!.summary}`),
    '',
    'Every command takes --help, and --json for output that a program reads.',
    'Where it runs and on which data is set by environment variables: docs/reference/configuration.md',
  ].join('\n');
}

/** How one command is written. */
export function usage(name: string, { words, options = {}, explain = {} }: Command): string {
  const known = Object.entries(options).map(([option, { type }]) => {
    const written = `--${option}${type === 'string' ? ` ${option.toUpperCase()}` : ''}`;
    return `  ${written.padEnd(28)} ${explain[option] ?? ''}`.trimEnd();
  });
  return [
    `Usage: kontor ${[name, words].filter(Boolean).join(' ')}`,
    '',
    commands[name]!.summary,
    ...(known.length > 0 ? ['', ...known] : []),
  ].join('\n');
}

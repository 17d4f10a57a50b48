import type { ParseArgsOptionsConfig } from 'node:util';

/** What was written behind the command's name. */
export type Given = {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
};

/** What a command says: `data` for machines, `text` for people. */
export type Answer = {
  readonly data: unknown;
  readonly text: string;
  /** 0 when left out; 1 when what was asked for did not come out well. */
  readonly exitCode?: number;
};

export type Command = {
  /** Words behind the name, e.g. `PATH` or `ID [FILE]`; as many must be given as stand outside of brackets. */
  readonly words?: string;
  readonly options?: ParseArgsOptionsConfig;
  /** What each option is for. */
  readonly explain?: Readonly<Record<string, string>>;
  /** Nothing when it has said all itself. */
  run(given: Given): Promise<Answer | undefined>;
};

/** Somebody wrote a command that is none; exit code 2. */
export class UsageError extends Error {}

/** What was asked for cannot be done; exit code 1. */
export class CommandError extends Error {}

import type { LiquidFilter, LiquidProblem } from 'kontor/sdk';
import { SyntaxFault, wordsOf } from '../faults.ts';
import type { Parser } from './parser.ts';
import type { Node } from './nodes.ts';
import type { Token } from './tokens.ts';

const PROBLEMS = 100;

/** Reads a tag and, when it has one, its body. */
export type CompileTag = (tag: Token, parser: Parser) => Node;

/** What an engine knows. */
export type Tables = {
  readonly tags: Readonly<Record<string, CompileTag>>;
  readonly filters: Readonly<Record<string, LiquidFilter>>;
  /** Tags whose bodies are taken as they stand. */
  readonly raw: ReadonlySet<string>;
  /** Of an engine that escapes what is put out. */
  readonly escape?: (text: string) => string;
};

/** One file while it is compiled: what it is called, what it names, and what is wrong with it. */
export class Unit {
  readonly name: string;
  readonly tables: Tables;
  readonly problems: LiquidProblem[] = [];
  readonly references = new Map<string, Set<string>>();
  readonly bodies = new Map<string, { text: string; line: number }>();
  /** Of the statement that is read. */
  line = 1;
  /** How deep its blocks are nested. */
  depth = 0;
  /** Words and signs of all its expressions, which is what it takes in memory. */
  lexemes = 0;

  constructor(name: string, tables: Tables) {
    this.name = name;
    this.tables = tables;
  }

  /** Undefined, and a problem, for one that is not known: the value passes it by. */
  filter(name: string): LiquidFilter | undefined {
    if (Object.hasOwn(this.tables.filters, name)) return this.tables.filters[name];
    this.problem('unknownFilter', `undefined filter: ${name}`);
    return undefined;
  }

  refer(kind: string, name: string): void {
    const names = this.references.get(kind) ?? new Set();
    this.references.set(kind, names.add(name));
  }

  problem(kind: LiquidProblem['kind'], message: string): void {
    if (this.problems.length < PROBLEMS)
      this.problems.push({ kind, template: this.name, line: this.line, message });
  }

  /** What was thrown while it was read; by accident too, in a tag of another plugin. */
  broken(error: unknown): LiquidProblem {
    const line = error instanceof SyntaxFault ? (error.line ?? this.line) : this.line;
    const problem = { kind: 'syntax', template: this.name, line, ...wordsOf(error) } as const;
    this.problems.push(problem);
    return problem;
  }
}

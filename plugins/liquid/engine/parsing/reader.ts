import { SyntaxFault } from '../faults.ts';
import type { Run } from '../run.ts';
import { float } from '../values/float.ts';
import { integerOf, numberOf } from '../values/numbers.ts';
import { Range } from '../values/range.ts';
import { BLANK, EMPTY } from '../values/special.ts';
import { type FilterCall, filtered } from './filters.ts';
import { kept } from './kept.ts';
import { type Lexeme, lexemesOf } from './lexer.ts';
import { type Expression, pathFrom, type Step } from './path.ts';
import type { Unit } from './unit.ts';

const DEPTH = 50; // of brackets in brackets
const WORDS: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  nil: null,
  null: null,
  empty: EMPTY,
  blank: BLANK,
};

/** Reads an expression from left to right, once, into functions. Lax: what it does not know is stepped over. */
export class Reader {
  readonly #unit: Unit;
  readonly #lexemes: readonly Lexeme[];
  #at = 0;
  #depth = 0;

  constructor(markup: string, unit: Unit) {
    this.#unit = unit;
    this.#lexemes = lexemesOf(markup);
    unit.lexemes += this.#lexemes.length;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#lexemes.length;
  }

  /** What has been read since a place in the lexemes, without white space: names a loop. */
  get place(): number {
    return this.#at;
  }

  since(place: number): string {
    return this.#lexemes.slice(place, this.#at).reduce((text, lexeme) => text + lexeme.text, '');
  }

  skip(): void {
    this.#at += 1;
  }

  peek(ahead = 0): string | undefined {
    return this.#lexemes[this.#at + ahead]?.text;
  }

  take(text: string): boolean {
    if (this.#lexemes[this.#at]?.text !== text) return false;
    this.#at += 1;
    return true;
  }

  takeOne<Value>(table: Readonly<Record<string, Value>>): Value | undefined {
    const lexeme = this.#lexemes[this.#at];
    if (!lexeme || !Object.hasOwn(table, lexeme.text)) return undefined;
    this.#at += 1;
    return table[lexeme.text];
  }

  word(): string | undefined {
    return this.#takeKind('word')?.text;
  }

  quoted(): string | undefined {
    return this.#takeKind('quoted')?.text.slice(1, -1);
  }

  value(): Expression | undefined {
    if (this.#depth >= DEPTH) throw new SyntaxFault('Nesting too deep');
    this.#depth += 1;
    const root = this.#root();
    const value = root && pathFrom(root, kept(this.#steps()));
    this.#depth -= 1;
    return value;
  }

  filtered(): Expression {
    const { expression, calls } = this.pipeline();
    return filtered(expression, calls);
  }

  /** The same in its parts, for those who look at the last filter. */
  pipeline(): { expression: Expression; calls: readonly FilterCall[] } {
    const expression = this.value() ?? (() => null);
    const calls: FilterCall[] = [];
    this.#skipTo('|');
    while (this.take('|')) {
      const call = this.#filter();
      if (call) calls.push(call);
      this.#skipTo('|');
    }
    return { expression, calls: kept(calls) };
  }

  named(): Readonly<Record<string, Expression>> {
    const named = Object.create(null) as Record<string, Expression>;
    while (!this.isAtEnd) {
      const pair = this.#pair();
      if (pair) named[pair[0]] = pair[1];
      else this.skip();
    }
    return named;
  }

  #root(): Expression | undefined {
    const lexeme = this.#lexemes[this.#at];
    if (!lexeme) return undefined;
    const { kind, text } = lexeme;
    if (kind === 'other' || (kind === 'sign' && text !== '(' && text !== '[')) return undefined;
    this.#at += 1;
    if (kind === 'quoted') return constant(text.slice(1, -1));
    if (kind === 'number') return constant(text.includes('.') ? float(Number(text)) : Number(text));
    if (kind === 'word') return this.#variable(text);
    return text === '(' ? this.#range() : this.#variableByName();
  }

  #variable(name: string): Expression {
    const next = this.peek();
    if (Object.hasOwn(WORDS, name) && next !== '.' && next !== '[') return constant(WORDS[name]);
    return (run) => run.find(name);
  }

  /** `['name']` */
  #variableByName(): Expression {
    const name = this.value();
    this.take(']');
    return (run) => {
      const value = name?.(run);
      return typeof value === 'string' ? run.find(value) : undefined;
    };
  }

  /** `(1..5)`; brackets round anything else are not seen. */
  #range(): Expression | undefined {
    const first = this.value();
    if (!first || !this.take('..')) {
      this.take(')');
      return first;
    }
    const last = this.value();
    this.take(')');
    return (run: Run) => new Range(edge(first(run)), edge(last?.(run)));
  }

  #steps(): Step[] {
    const steps: Step[] = [];
    for (;;) {
      if (this.take('[')) {
        steps.push(this.value() ?? (() => null));
        this.take(']');
      } else if (this.take('.')) {
        const name = this.word() ?? this.#takeKind('number')?.text;
        if (name === undefined) return steps;
        steps.push(name);
      } else return steps;
    }
  }

  #filter(): FilterCall | undefined {
    const name = this.word();
    const args: Expression[] = [];
    const named: [string, Expression][] = [];
    if (this.take(':')) {
      while (!this.isAtEnd && this.peek() !== '|') {
        const pair = this.#pair();
        const value = pair ? undefined : this.value();
        if (pair) named.push(pair);
        else if (value) args.push(value);
        else this.skip();
      }
    }
    const filter = name === undefined ? undefined : this.#unit.filter(name);
    return filter && { filter, args: kept(args), named: kept(named) };
  }

  /** `key: value`, also `closest.product: value` */
  #pair(): [string, Expression] | undefined {
    const lexeme = this.#lexemes[this.#at];
    if (lexeme?.kind !== 'word') return undefined;
    const isDotted = this.peek(1) === '.' && this.#lexemes[this.#at + 2]?.kind === 'word';
    const length = isDotted ? 3 : 1;
    if (this.peek(length) !== ':') return undefined;
    const name = isDotted ? `${lexeme.text}.${this.peek(2)}` : lexeme.text;
    this.#at += length + 1;
    const value = this.value();
    return value && [name, value];
  }

  #skipTo(sign: string): void {
    while (!this.isAtEnd && this.peek() !== sign) this.skip();
  }

  #takeKind(kind: Lexeme['kind']): Lexeme | undefined {
    const lexeme = this.#lexemes[this.#at];
    if (lexeme?.kind !== kind) return undefined;
    this.#at += 1;
    return lexeme;
  }
}

const constant =
  (value: unknown): Expression =>
  () =>
    value;

/** What is no number begins at 0. */
const edge = (value: unknown): number => integerOf(typeof value === 'string' ? numberOf(value) : value);

import type { LiquidPage, LiquidProblem, LiquidRun, LiquidTemplate } from 'kontor/sdk';
import { Fault, FuelError } from './faults.ts';
import type { Fuel } from './fuel.ts';
import type { Action } from './parsing/nodes.ts';
import { bodyOf, depthOf } from './template.ts';
import { isDrop } from './values/kinds.ts';

const PROBLEMS = 100; // that are kept; the others are written all the same

export const BREAK = 1;
export const CONTINUE = 2;

export type Scope = Record<string, unknown>;

/** What a template has said; one that is rendered apart begins with nothing. */
export class State {
  /** The first takes what is assigned, the others belong to blocks. */
  scopes: Scope[];
  readonly locals: Readonly<Record<string, unknown>>;
  readonly isApart: boolean;
  counters: Record<string, number> | undefined;
  loop: unknown;
  readonly cycles = new Map<string, number>();
  readonly offsets = new Map<string, number>();
  changed: string | undefined;

  constructor(input: { scope?: Scope; locals?: Readonly<Record<string, unknown>>; isApart: boolean }) {
    this.scopes = [input.scope ?? emptyScope()];
    this.locals = input.locals ?? NOTHING;
    this.isApart = input.isApart;
  }
}

const NOTHING: Readonly<Record<string, unknown>> = Object.freeze(Object.create(null));

/** Without a prototype, so that no name is there before it is given. */
export const emptyScope = (): Scope => Object.create(null) as Scope;

/** One rendering: what has been written, what the template has said, and what it is given. */
export class Run implements LiquidRun {
  text = '';
  /** Set by `break` and `continue`, until their loop has seen it. */
  stop = 0;
  line = 1;
  template: string;
  layout: string | null | undefined;
  state: State;
  readonly problems: LiquidProblem[];
  readonly registers: Record<string, unknown>;
  readonly fuel: Fuel;
  readonly locale: string;
  readonly timeZone: string;
  readonly now: Date;
  readonly partial: (name: string) => LiquidTemplate | undefined;
  readonly #page: LiquidPage;

  constructor(input: { template: string; page: LiquidPage; fuel: Fuel; problems?: LiquidProblem[] }) {
    const { page } = input;
    this.template = input.template;
    this.#page = page;
    this.fuel = input.fuel;
    this.problems = input.problems ?? [];
    this.state = new State({ isApart: false, ...(page.locals ? { locals: page.locals } : {}) });
    this.registers = page.registers ?? {};
    this.locale = page.locale ?? 'en';
    this.timeZone = page.timeZone ?? 'UTC';
    this.now = page.now ?? new Date();
    this.partial = page.partial ?? (() => undefined);
  }

  write(text: string): void {
    this.fuel.write(text.length);
    this.text += text;
  }

  use(units: number): void {
    this.fuel.use(units);
  }

  /** A variable: of blocks from the inside out, of counters, of what the template and then the page were given. */
  find(name: string): unknown {
    const { scopes, counters, locals } = this.state;
    for (let index = scopes.length - 1; index >= 0; index--) {
      const value = scopes[index]![name];
      if (value !== undefined || name in scopes[index]!) return value;
    }
    if (counters && name in counters) return counters[name];
    if (Object.hasOwn(locals, name)) return locals[name];
    const { globals } = this.#page;
    if (isDrop(globals)) return globals.liquidGet(name);
    return globals && Object.hasOwn(globals, name) ? (globals as Scope)[name] : undefined;
  }

  get(name: string): unknown {
    return this.find(name);
  }

  set(name: string, value: unknown): void {
    // Nothing that was assigned hides what was there before.
    this.state.scopes[0]![name] = value === undefined ? null : value;
  }

  with(values: Readonly<Record<string, unknown>>, work: () => void): void {
    this.inScope(Object.assign(emptyScope(), values), work);
  }

  inScope(scope: Scope, work: () => void): void {
    const { scopes } = this.state;
    scopes.push(scope);
    try {
      work();
    } finally {
      scopes.pop();
    }
  }

  capture(work: () => void): string {
    const outer = this.text;
    this.text = '';
    try {
      work();
      return this.text;
    } finally {
      this.text = outer;
    }
  }

  /** As `render` does: the work sees only this scope, and what it says is forgotten. */
  apart(scope: Scope, work: () => void): void {
    const { state, stop } = this;
    this.state = new State({ scope, isApart: true });
    try {
      work();
    } finally {
      this.state = state;
      this.stop = stop;
    }
  }

  /** A template in the middle of another one. */
  inside(template: LiquidTemplate, work: (body: Action) => void): void {
    const outer = this.template;
    this.template = template.name;
    try {
      this.fuel.nested(depthOf(template), () => work(bodyOf(template)));
    } finally {
      this.template = outer;
    }
  }

  render(template: LiquidTemplate, given: Pick<LiquidPage, 'globals' | 'locals' | 'budget'> = {}): void {
    const { locals: _, budget: __, ...page } = this.#page;
    const { problems, fuel } = this;
    const run = new Run({
      template: template.name,
      page: { ...page, now: this.now, ...given },
      fuel,
      problems,
    });
    fuel.nested(depthOf(template), () => renderInto(run, template, given.budget));
    // Paid already, when it was written there.
    this.text += run.text;
  }

  note(message: string): void {
    this.#keep({ kind: 'error', template: this.template, line: this.line, message });
  }

  fail(message: string): never {
    throw new Fault(message);
  }

  /** Writes an error, and keeps it. */
  show(problem: LiquidProblem): void {
    this.#keep(problem);
    const { template, line, message, kind } = problem;
    const what = kind === 'syntax' || kind === 'unknownTag' ? 'Liquid syntax error' : 'Liquid error';
    this.write(`${what} (${template ? `${template} ` : ''}line ${line}): ${message}`);
  }

  #keep(problem: LiquidProblem): void {
    // The one that ended a part is kept in any case.
    if (problem.kind === 'fuel' && this.problems.length === PROBLEMS) this.problems.pop();
    if (this.problems.length < PROBLEMS) this.problems.push(problem);
  }
}

/** Renders a template; one with a budget of its own ends alone, with its error instead of its text. */
export function renderInto(run: Run, template: LiquidTemplate, budget?: number | true): void {
  const { fuel, text } = run;
  const render = () => {
    try {
      bodyOf(template)(run);
    } catch (error) {
      // What stands between its statements is its own too.
      if (error instanceof FuelError) error.template ??= template.name;
      throw error;
    }
  };
  if (budget === undefined) {
    render();
    return;
  }
  fuel.within(budget === true ? fuel.section : budget, render, (error: FuelError) => {
    run.text = text;
    const { template: where = template.name, line = 1, message } = error;
    run.show({ kind: 'fuel', template: where, line, message });
  });
}

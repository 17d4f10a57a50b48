import type { LiquidBody, LiquidProblem, LiquidTemplate } from 'kontor/sdk';
import type { Action } from './parsing/nodes.ts';
import type { Unit } from './parsing/unit.ts';

// Measured, of sources full of logic and of text: functions are ten to twenty times their source, texts stay as they are.
const BYTES = { template: 500, letter: 1, lexeme: 155 };

/** A file that has been read: functions, and what is known about it without rendering. Holds no source. */
export class Template implements LiquidTemplate {
  readonly name: string;
  readonly bytes: number;
  readonly schema?: LiquidBody;
  readonly stylesheet?: LiquidBody;
  readonly javascript?: LiquidBody;
  readonly doc?: LiquidBody;
  readonly references: Readonly<Record<string, readonly string[]>>;
  readonly problems: readonly LiquidProblem[];
  readonly isBroken: boolean;
  readonly #action: Action;
  readonly #depth: number;

  constructor({ unit, action, length }: { unit: Unit; action: Action; length: number }) {
    this.name = unit.name;
    this.bytes = BYTES.template + length * BYTES.letter + unit.lexemes * BYTES.lexeme;
    this.#action = action;
    this.#depth = unit.depth;
    this.problems = Object.freeze([...unit.problems]);
    this.isBroken = unit.problems.some(({ kind }) => kind === 'syntax');
    this.references = Object.freeze(
      Object.fromEntries(Array.from(unit.references, ([kind, names]) => [kind, Object.freeze([...names])])),
    );
    for (const name of ['schema', 'stylesheet', 'javascript', 'doc'] as const) {
      const body = unit.bodies.get(name);
      if (body) this[name] = Object.freeze(body);
    }
    Object.freeze(this);
  }

  static actionOf(template: Template): Action {
    return template.#action;
  }

  static depthOf(template: Template): number {
    return template.#depth;
  }
}

/** How deep its blocks are nested. */
export function depthOf(template: LiquidTemplate): number {
  return Template.depthOf(template as Template);
}

/** Only what an engine has compiled can be rendered. */
export function bodyOf(template: LiquidTemplate): Action {
  return Template.actionOf(template as Template);
}

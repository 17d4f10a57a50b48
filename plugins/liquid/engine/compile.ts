import type { LiquidTemplate } from 'kontor/sdk';
import { SyntaxFault } from './faults.ts';
import type { Action } from './parsing/nodes.ts';
import { Parser } from './parsing/parser.ts';
import { sequence } from './parsing/nodes.ts';
import { tokensOf } from './parsing/tokens.ts';
import { type Tables, Unit } from './parsing/unit.ts';
import { Template } from './template.ts';

const SIZE = 256 * 1024; // characters

/** Reads a file once. One that makes no sense becomes its error text, as its blocks cannot be trusted. */
export function compile(input: { source: string; name: string; tables: Tables }): LiquidTemplate {
  const { source, name, tables } = input;
  const unit = new Unit(name, tables);
  const action = read(source, unit);
  return new Template({ unit, action, length: Math.min(source.length, SIZE) });
}

function read(source: string, unit: Unit): Action {
  try {
    if (source.length > SIZE) throw new SyntaxFault(`this template is longer than ${SIZE} characters`, 1);
    return sequence(new Parser(tokensOf(source, unit.tables.raw), unit).all());
  } catch (error) {
    const problem = unit.broken(error);
    return (run) => run.show(problem);
  }
}

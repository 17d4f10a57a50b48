import type { LiquidTemplate } from 'kontor/sdk';
import { Fault, SyntaxFault } from '../faults.ts';
import { writing } from '../parsing/nodes.ts';
import type { Expression } from '../parsing/path.ts';
import type { Reader } from '../parsing/reader.ts';
import type { CompileTag } from '../parsing/unit.ts';
import { emptyScope, type Run, type Scope } from '../run.ts';
import { isDrop } from '../values/kinds.ts';
import { sliceOf } from '../values/list.ts';
import { Range } from '../values/range.ts';
import { LoopDrop } from './loop-drop.ts';

const COST = 20;

/** `{% render 'card', product: p %}`, `for list as name`, `with value as name`: it sees what it is given. `{% render block %}` writes a drop. */
export const render: CompileTag = (tag, parser) => {
  const reader = parser.reader(tag.text);
  const name = reader.quoted();
  if (name === undefined) return renderValue(reader.value(), tag.text);
  parser.unit.refer('snippets', name);
  const { kind, bound, alias, args } = readArguments(reader);
  return writing((run) => {
    const template = find(name, run);
    const value = bound?.(run);
    const scope = scopeOf(args, run);
    const key = alias ?? nameOf(name);
    if (kind === 'for' && isMany(value)) {
      const entries = sliceOf(value, 0, Number.POSITIVE_INFINITY);
      const loop = new LoopDrop({ length: entries.length });
      for (const entry of entries) {
        run.fuel.use(2);
        apart(template, { ...scope, [key]: entry, forloop: loop }, run);
        LoopDrop.next(loop);
      }
    } else apart(template, isSomething(value) ? { ...scope, [key]: value } : scope, run);
  });
};

/** `{% include 'card' %}`: as if it stood here; it sees and changes everything. */
export const include: CompileTag = (tag, parser) => {
  const reader = parser.reader(tag.text);
  const quoted = reader.quoted();
  if (quoted !== undefined) parser.unit.refer('snippets', quoted);
  const name = quoted === undefined ? reader.value() : () => quoted;
  if (!name) throw new SyntaxFault('"include" needs the name of a snippet');
  const { bound, alias, args } = readArguments(reader);
  return writing((run) => {
    if (run.state.isApart) throw new Fault('include usage is not allowed in this context');
    const file = name(run);
    if (typeof file !== 'string') throw new Fault('"include" needs the name of a snippet');
    const template = find(file, run);
    const value = bound ? bound(run) : run.find(file);
    const scope = scopeOf(args, run);
    for (const entry of Array.isArray(value) ? value : [value]) {
      run.fuel.use(2);
      if (isSomething(entry)) scope[alias ?? nameOf(file)] = entry;
      run.inside(template, (body) => run.inScope(scope, () => body(run)));
    }
  });
};

function renderValue(value: Expression | undefined, markup: string) {
  if (!value) throw new SyntaxFault('"render" needs the quoted name of a snippet');
  return writing((run) => {
    const drop = value(run);
    if (!isDrop(drop) || !drop.liquidRender) throw new Fault(`"${markup}" cannot be rendered`);
    run.fuel.use(COST);
    run.fuel.nested(0, () => drop.liquidRender!(run));
  });
}

function readArguments(reader: Reader) {
  const isBound = (reader.peek() === 'with' || reader.peek() === 'for') && reader.peek(1) !== ':';
  const kind = isBound ? reader.word() : undefined;
  const bound = isBound ? reader.value() : undefined;
  const alias = isBound && reader.take('as') ? reader.word() : undefined;
  return { kind, bound, alias, args: Object.entries(reader.named()) };
}

function find(name: string, run: Run): LiquidTemplate {
  run.fuel.use(COST);
  const template = run.partial(name);
  if (!template) throw new Fault(`there is no snippet "${name.slice(0, 100)}"`);
  return template;
}

function scopeOf(args: readonly (readonly [string, Expression])[], run: Run): Scope {
  const scope = emptyScope();
  for (const [name, value] of args) scope[name] = value(run);
  return scope;
}

function apart(template: LiquidTemplate, scope: Scope, run: Run): void {
  const own = Object.assign(emptyScope(), scope);
  run.inside(template, (body) => run.apart(own, () => body(run)));
}

/** Of `theme/card` it is `card`. */
const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

const isSomething = (value: unknown): boolean => value !== undefined && value !== null;

const isMany = (value: unknown): boolean =>
  Array.isArray(value) || value instanceof Range || (isDrop(value) && value.liquidItems !== undefined);

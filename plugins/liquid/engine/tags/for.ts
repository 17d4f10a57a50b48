import { SyntaxFault } from '../faults.ts';
import { branches, type Node, silent } from '../parsing/nodes.ts';
import type { Expression } from '../parsing/path.ts';
import type { Reader } from '../parsing/reader.ts';
import type { CompileTag } from '../parsing/unit.ts';
import { BREAK, CONTINUE, emptyScope, type Run } from '../run.ts';
import { sliceOf } from '../values/list.ts';
import { integerOf } from '../values/numbers.ts';
import { LoopDrop } from './loop-drop.ts';

/** `{% for item in list limit: 4 offset: continue reversed %}...{% else %}...{% endfor %}` */
export const forTag: CompileTag = (tag, parser) => {
  const loop = readLoop(parser.reader(tag.text));
  const bodies: Node[][] = [];
  let part = parser.body(tag, ['else']);
  bodies.push(part.nodes);
  while (!part.isLast) {
    part = parser.body(tag, ['else']);
    bodies[1] = part.nodes;
  }
  const { actions, isBlank } = branches(bodies);
  const [body, otherwise] = actions;
  const run = (run: Run) => {
    const entries = entriesOf(loop, run);
    if (entries.length === 0) return otherwise?.(run);
    const { state } = run;
    const parent = state.loop;
    const scope = emptyScope();
    const drop = new LoopDrop({ length: entries.length, name: loop.name, parent });
    state.loop = drop;
    scope.forloop = drop;
    state.scopes.push(scope);
    try {
      for (const entry of entries) {
        scope[loop.variable] = entry;
        run.fuel.use(2);
        body!(run);
        if (run.stop && endsLoop(run)) break;
        LoopDrop.next(drop);
      }
    } finally {
      state.scopes.pop();
      state.loop = parent;
    }
  };
  return { run, isBlank };
};

export const breakTag: CompileTag = () =>
  silent((run) => {
    run.stop = BREAK;
  });

export const continueTag: CompileTag = () =>
  silent((run) => {
    run.stop = CONTINUE;
  });

/** Takes what `break` or `continue` has said. */
export function endsLoop(run: Run): boolean {
  const isBreak = run.stop === BREAK;
  run.stop = 0;
  return isBreak;
}

type Loop = {
  readonly variable: string;
  readonly list: Expression;
  /** Loops of the same name go on where the other has stopped. */
  readonly name: string;
  readonly isReversed: boolean;
  readonly goesOn: boolean;
  readonly limit: Expression | undefined;
  readonly offset: Expression | undefined;
};

function readLoop(reader: Reader): Loop {
  const variable = reader.word();
  if (variable === undefined || !reader.take('in'))
    throw new SyntaxFault('"for" needs a name, "in" and a list');
  const place = reader.place;
  const list = reader.value() ?? (() => null);
  const name = `${variable}-${reader.since(place)}`;
  let isReversed = false;
  let goesOn = false;
  const given: Record<string, Expression> = {};
  while (!reader.isAtEnd) {
    if (reader.take('reversed')) isReversed = true;
    else if (reader.peek(1) === ':' && (reader.peek() === 'limit' || reader.peek() === 'offset')) {
      const key = reader.word()!;
      reader.skip();
      if (key === 'offset' && reader.take('continue')) goesOn = true;
      else given[key] = reader.value() ?? (() => null);
    } else reader.skip();
  }
  return { variable, list, name, isReversed, goesOn, limit: given.limit, offset: given.offset };
}

function entriesOf(loop: Loop, run: Run): readonly unknown[] {
  const { offsets } = run.state;
  const list = loop.list(run);
  const from = loop.goesOn ? (offsets.get(loop.name) ?? 0) : integerOf(loop.offset?.(run));
  const limit = loop.limit?.(run);
  const count = limit === undefined || limit === null ? Number.POSITIVE_INFINITY : integerOf(limit);
  const entries = sliceOf(list, Math.max(0, from), Math.max(0, count));
  offsets.set(loop.name, from + entries.length);
  if (!loop.isReversed) return entries;
  run.fuel.use(entries.length / 16);
  return entries.toReversed();
}

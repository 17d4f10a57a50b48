import type { Run } from '../run.ts';
import { isAllBlank } from './blanks.ts';

/** What a piece of a template does. */
export type Action = (run: Run) => void;

export type Node = {
  readonly run: Action;
  /** Writes nothing of its own. */
  readonly isBlank: boolean;
  readonly isText?: true;
};

/** A tag that writes nothing itself. */
export const silent = (run: Action): Node => ({ run, isBlank: true });
export const writing = (run: Action): Node => ({ run, isBlank: false });

export function textNode(text: string): Node {
  return { run: (run) => run.write(text), isBlank: isAllBlank(text), isText: true };
}

/** One after the other, until `break` or `continue`. */
export function sequence(nodes: readonly Node[]): Action {
  const actions = nodes.map(({ run }) => run);
  const [only] = actions;
  if (only && actions.length === 1) return only;
  return (run) => {
    for (const action of actions) {
      action(run);
      if (run.stop) return;
    }
  };
}

export const isBlank = (nodes: readonly Node[]): boolean => nodes.every((node) => node.isBlank);

/** A block whose branches are all blank leaves their white space out. */
export function branches(bodies: readonly (readonly Node[])[]): { actions: Action[]; isBlank: boolean } {
  const blank = bodies.every(isBlank);
  const shown = blank ? bodies.map((body) => body.filter(({ isText }) => !isText)) : bodies;
  return { actions: shown.map(sequence), isBlank: blank };
}

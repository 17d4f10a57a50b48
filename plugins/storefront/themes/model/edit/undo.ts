import type { Json } from 'kontor/sdk';
import { applyPatch, type Patch, patchBetween } from './patch.ts';

/** One change that was made, both ways. */
export type UndoStep = { readonly label: string; readonly back: Patch; readonly forward: Patch };

/** What can be taken back, and what can be done again: data, so that an editor may keep it where it likes. */
export type UndoStack = { readonly past: readonly UndoStep[]; readonly future: readonly UndoStep[] };

export const NOTHING_DONE: UndoStack = { past: [], future: [] };

const MOST = 200;

/** Notes a change; what had been taken back is gone then. */
export function remember(stack: UndoStack, change: { label: string; before: Json; after: Json }): UndoStack {
  const { label, before, after } = change;
  const forward = patchBetween(before, after);
  if (forward.length === 0) return stack;
  const step = { label, forward, back: patchBetween(after, before) };
  return { past: [...stack.past, step].slice(-MOST), future: [] };
}

/** @returns undefined when there is nothing to take back, or the document is another one by now */
export function undo(stack: UndoStack, document: Json): { stack: UndoStack; document: Json } | undefined {
  const step = stack.past.at(-1);
  const before = step && applyPatch(document, step.back);
  if (!step || before === undefined) return undefined;
  return { stack: { past: stack.past.slice(0, -1), future: [step, ...stack.future] }, document: before };
}

/** @returns undefined when there is nothing to do again, or the document is another one by now */
export function redo(stack: UndoStack, document: Json): { stack: UndoStack; document: Json } | undefined {
  const [step, ...future] = stack.future;
  const after = step && applyPatch(document, step.forward);
  if (!step || after === undefined) return undefined;
  return { stack: { past: [...stack.past, step], future }, document: after };
}

import { FuelError, wordsOf } from '../faults.ts';
import type { Action } from './nodes.ts';

const ERROR = 500; // units: a flood of errors ends soon

/** Pays for a statement, and writes its error where it stands. Only what has used up its fuel goes through. */
export function guarded(input: { action: Action; cost: number; line: number; template: string }): Action {
  const { action, cost, line, template } = input;
  return (run) => {
    const { state } = run;
    const depth = state.scopes.length;
    try {
      run.line = line;
      run.fuel.use(cost);
      action(run);
    } catch (error) {
      if (error instanceof FuelError) throw located(error, template, line);
      run.state = state;
      state.scopes.length = depth;
      run.fuel.use(ERROR);
      run.show({ kind: 'error', template, line, ...wordsOf(error) });
    }
  };
}

/** The innermost statement has done it. */
function located(error: FuelError, template: string, line: number): FuelError {
  error.template ??= template;
  error.line ??= line;
  return error;
}

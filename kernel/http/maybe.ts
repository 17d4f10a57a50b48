/** There already, or promised. What is warm is there: a request then costs no promise, and those are a seventh of its time. */
export type Maybe<Value> = Value | Promise<Value>;

/** Goes on at once with what is there, later with what is promised. */
export function chain<Value, Next>(value: Maybe<Value>, next: (value: Value) => Maybe<Next>): Maybe<Next> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Runs a step; what it throws, at once or later, is handed over. */
export function attempt(step: () => Maybe<void>, failed: (error: Error) => void): void {
  try {
    const later = step();
    if (later instanceof Promise) later.catch(failed);
  } catch (error) {
    failed(error as Error);
  }
}

/** An error of the template: written where it happens, and the page goes on. */
export class Fault extends Error {
  constructor(message: string) {
    // A page may have thousands, and what they cost is the trace.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
  }
}

/** The file makes no sense from here on. */
export class SyntaxFault extends Fault {
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}

/** Too much of something: nothing catches it but what may go on without that part of the page. */
export class FuelError extends Fault {
  override readonly name = 'FuelError';
  /** `part`: a render with a budget of its own may end alone. */
  readonly ends: 'part' | 'page';
  template?: string;
  line?: number;

  constructor(message: string, ends: 'part' | 'page') {
    super(message);
    this.ends = ends;
  }
}

/** What is said of an error; of an accident nothing, as its words may tell what is nobody's business. */
export function wordsOf(error: unknown): { message: string; cause?: unknown } {
  if (error instanceof Fault) return { message: error.message };
  // The stack has no more room: a template has nested something too deep.
  if (error instanceof RangeError && error.message.includes('call stack'))
    return { message: 'Nesting too deep' };
  return { message: 'internal', cause: error };
}

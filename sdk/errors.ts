import { format } from 'node:util';

/** Whether the message of an error may reach a client, or only the log. */
export type Visibility = 'public' | 'private';
/** A row of an error table: message with `%s` places, HTTP status, visibility. */
export type ErrorRow = readonly [message: string, status: number, visibility: Visibility];

/** The last argument of an error: what caused it, and what a machine needs to go on. */
export type ErrorOptions = { cause?: unknown; details?: Record<string, unknown> };

/** An accident with a code. Made by the classes that `defineErrors` gives; the kernel alone maps it to HTTP. */
export class KontorError extends Error {
  readonly code: string;
  readonly status: number;
  readonly visibility: Visibility;
  /** What a machine needs to go on; reaches the client when the error is public. */
  readonly details: Record<string, unknown>;

  constructor(code: string, row: ErrorRow, words: readonly unknown[], options: ErrorOptions = {}) {
    super(format(row[0], ...words), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = code;
    this.code = code;
    this.status = row[1];
    this.visibility = row[2];
    this.details = options.details ?? {};
  }
}

/** One error of a table, as `defineErrors` makes it. The words fill the `%s` places of its message. */
export type ErrorClass = {
  new (...words: unknown[]): KontorError;
  readonly code: string;
  readonly row: ErrorRow;
};

/**
 * Makes the error classes of a plugin from one table, so that every code, message and status stands in one place.
 *
 * The words fill the `%s` places in order; a last argument `{ cause, details }` is kept as options.
 *
 * @param table - code to `[message, status, 'public' | 'private']`; a code is `PLUGIN_ERR_WHAT`
 * @throws TypeError when a code is not of that form, or a status is not 400 to 599
 * @example
 * const errors = defineErrors({ NOTES_ERR_NOT_FOUND: ['No note %s in this store', 404, 'public'] });
 * throw new errors.NOTES_ERR_NOT_FOUND(id);
 */
export function defineErrors<const Table extends Record<string, ErrorRow>>(
  table: Table,
): { readonly [Code in keyof Table]: ErrorClass } {
  const classes: Record<string, ErrorClass> = {};
  for (const [code, row] of Object.entries(table)) {
    if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*_ERR_[A-Z0-9_]+$/.test(code)) {
      throw new TypeError(`Expected an error code such as NOTES_ERR_NOT_FOUND, got ${code}`);
    }
    if (row[1] < 400 || row[1] > 599) {
      throw new TypeError(`Expected a status of 400 to 599 for ${code}, got ${row[1]}`);
    }
    classes[code] = errorClass(code, row);
  }
  return classes as { readonly [Code in keyof Table]: ErrorClass };
}

function errorClass(code: string, row: ErrorRow): ErrorClass {
  return class extends KontorError {
    static readonly code = code;
    static readonly row = row;

    constructor(...words: unknown[]) {
      const options = isOptions(words.at(-1)) ? (words.pop() as ErrorOptions) : {};
      super(code, row, words, options);
    }
  };
}

function isOptions(value: unknown): value is ErrorOptions {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.keys(value).length > 0 &&
    Object.keys(value).every((key) => key === 'cause' || key === 'details')
  );
}

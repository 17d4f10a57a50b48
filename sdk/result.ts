/** The answer of an order that may be refused: either the value, or the refusal with what explains it. */
export type Result<Value, Refusal extends string = string> = Accepted<Value> | Refused<Refusal>;
/** An order that was carried out. */
export type Accepted<Value> = { readonly ok: true; readonly value: Value };
/** An order that was refused: nothing has changed. */
export type Refused<Refusal extends string = string> = {
  readonly ok: false;
  readonly refusal: Refusal;
  readonly details: Readonly<Record<string, unknown>>;
};

/**
 * Answers an order that was carried out.
 *
 * @example return ok({ reservationId });
 */
export function ok(): Accepted<undefined>;
export function ok<Value>(value: Value): Accepted<Value>;
export function ok(value?: unknown): Accepted<unknown> {
  return { ok: true, value };
}

/**
 * Answers an order that was expected to be possible to refuse. Nothing has changed. Accidents are thrown instead.
 *
 * @param refusal - camelCase name of the reason; routes map it to a status (422 when they say nothing)
 * @param details - what the caller needs to go on, e.g. what is still available; it may reach the client
 * @example return refused('outOfStock', { available: 2 });
 */
export function refused<Refusal extends string>(
  refusal: Refusal,
  details: Record<string, unknown> = {},
): Refused<Refusal> {
  return { ok: false, refusal, details };
}

/** Whether a value is a `Result`, as routes need to know before they answer. */
export function isResult(value: unknown): value is Result<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { ok?: unknown }).ok === 'boolean' &&
    ('value' in value || 'refusal' in value)
  );
}

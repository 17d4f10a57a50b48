/** A refusal in the shape Stripe gives it. */
export class StripeFault extends Error {
  readonly status: number;
  readonly error: Readonly<Record<string, unknown>>;
  /** Whether the answer is kept under the Idempotency-Key; what was refused before it was begun is not. */
  readonly isKept: boolean;

  constructor(
    status: number,
    error: Record<string, unknown> & { type: string; message: string },
    isKept = true,
  ) {
    super(error.message);
    this.status = status;
    this.error = error;
    this.isKept = isKept;
  }
}

export const invalid = (message: string, more: Record<string, unknown> = {}): StripeFault =>
  new StripeFault(400, { type: 'invalid_request_error', message, ...more });

export const missing = (what: string, id: string): StripeFault =>
  new StripeFault(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param: what === 'payment_intent' ? 'intent' : 'id',
  });

export const serverError = (): StripeFault =>
  new StripeFault(500, { type: 'api_error', message: 'An unknown error occurred' });

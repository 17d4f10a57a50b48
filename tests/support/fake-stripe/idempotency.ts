import { StripeFault } from './errors.ts';

export type Kept = { readonly status: number; readonly body: string };

/**
 * Answers by Idempotency-Key as Stripe does: the same key and request bring the same answer, an error of the server too;
 * another request under it is refused; one that still runs is a conflict.
 */
export function createIdempotency() {
  const kept = new Map<string, { request: string; answer: Kept | undefined }>();

  return {
    /** @returns the answer of the first time; undefined when this is the first time */
    begin(key: string, request: string): Kept | undefined {
      const before = kept.get(key);
      if (!before) {
        kept.set(key, { request, answer: undefined });
        return undefined;
      }
      if (before.request !== request)
        throw new StripeFault(
          400,
          {
            type: 'idempotency_error',
            message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
          },
          false,
        );
      if (!before.answer)
        throw new StripeFault(
          409,
          {
            type: 'invalid_request_error',
            code: 'idempotency_key_in_use',
            message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}.`,
          },
          false,
        );
      return before.answer;
    },
    /** @param answer - undefined when nothing was begun, so that the key stays free */
    end(key: string, answer: Kept | undefined): void {
      if (answer) kept.set(key, { request: kept.get(key)!.request, answer });
      else kept.delete(key);
    },
  };
}

const SECRET_KEY =
  /passw|passphrase|secret|token|authorization|cookie|api[-_]?key|private[-_]?key|recovery|^code$|^otp$/i;
const PASSWORD_IN_URL = /(\w+:\/\/[^:/\s]*:)[^@/\s]+@/g;
const DEEPEST = 6; // levels; a log line is no dump

/** A copy of details in which every value under a telling key, and every password in an address, is gone. */
export function withoutSecrets(details: Record<string, unknown>): Record<string, unknown> {
  return copyOf(details, 0) as Record<string, unknown>;
}

function copyOf(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replace(PASSWORD_IN_URL, '$1[hidden]@');
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth === DEEPEST) return '[deeper]';
  if (value instanceof Error) return copyOfError(value, depth);
  if (Array.isArray(value)) return value.map((item) => copyOf(item, depth + 1));
  if (value instanceof Map) return copyOf(Object.fromEntries(value), depth);
  if (value instanceof Set) return copyOf([...value], depth);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET_KEY.test(key) && inner !== undefined && inner !== null ? '[hidden]' : copyOf(inner, depth + 1),
    ]),
  );
}

/** What explains an error. Not the rest of its fields: the driver's hold rows, as a refused one shows its values. */
function copyOfError(error: Error & { code?: unknown; details?: unknown }, depth: number): unknown {
  const { name, message, stack, code, details, cause } = error;
  return {
    type: name,
    message: copyOf(message, depth),
    stack: copyOf(stack, depth),
    ...(code === undefined ? {} : { code }),
    ...(details === undefined ? {} : { details: copyOf(details, depth + 1) }),
    ...(cause === undefined ? {} : { cause: copyOf(cause, depth + 1) }),
  };
}

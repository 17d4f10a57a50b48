/**
 * Keeps what was used last, up to a number of bytes.
 *
 * @param maxBytes - of all entries, by `sizeOf`; one that alone is larger is not kept
 */
export function createLru<Value>({
  maxBytes,
  sizeOf,
}: {
  maxBytes: number;
  sizeOf: (value: Value) => number;
}) {
  const entries = new Map<string, { value: Value; bytes: number }>();
  let bytes = 0;

  function drop(key: string): void {
    bytes -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  }

  return {
    get(key: string): Value | undefined {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key); // to the end, where it is the youngest
      entries.set(key, entry);
      return entry.value;
    },
    set(key: string, value: Value): void {
      drop(key);
      const size = sizeOf(value);
      if (size > maxBytes) return;
      entries.set(key, { value, bytes: size });
      bytes += size;
      while (bytes > maxBytes) drop(entries.keys().next().value!);
    },
  };
}

import type { JsonSchema } from 'kontor/sdk';

/** A value that fits a schema, with a word of ours wherever a text may be. Patterns are not read: such a text may not fit. */
export function sampleOf(schema: JsonSchema, word: string): unknown {
  const {
    const: only,
    enum: choices,
    anyOf,
    default: usual,
    type,
    examples,
  } = schema as Record<string, never> & {
    anyOf?: JsonSchema[];
    enum?: unknown[];
    examples?: unknown[];
  };
  if (only !== undefined) return only;
  if (choices) return choices[0];
  if (examples?.length) return examples[0];
  if (anyOf) return sampleOf(anyOf[0]!, word);
  switch (type as unknown) {
    case 'string':
      return textOf(schema, word);
    case 'integer':
    case 'number':
      return usual ?? numberOf(schema as { minimum?: number; exclusiveMinimum?: number; maximum?: number });
    case 'boolean':
      return usual ?? true;
    case 'array': {
      const { items = {}, minItems = 1 } = schema as { items?: JsonSchema; minItems?: number };
      return Array.from({ length: minItems }, () => sampleOf(items, word));
    }
    case 'object': {
      const { properties = {} } = schema as { properties?: Record<string, JsonSchema> };
      return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, sampleOf(one, word)]));
    }
    default:
      return null;
  }
}

const FORMATS: Readonly<Record<string, (word: string) => string>> = {
  email: (word) => `${word}@example.lu`,
  uri: (word) => `https://example.lu/${word}`,
  'date-time': () => '2026-11-23T10:00:00Z',
  date: () => '2026-11-23',
  uuid: () => '6f1c1f3e-3f5a-4c39-9d0e-0d6f2f3a7b11',
};

function textOf(schema: JsonSchema, word: string): string {
  const {
    format,
    minLength = 0,
    maxLength = 10_000,
  } = schema as {
    format?: string;
    minLength?: number;
    maxLength?: number;
  };
  const made = FORMATS[format ?? '']?.(word) ?? word.padEnd(minLength, 'x');
  return format ? made : made.slice(0, maxLength);
}

function numberOf(schema: { minimum?: number; exclusiveMinimum?: number; maximum?: number }): number {
  return (
    schema.minimum ??
    (schema.exclusiveMinimum === undefined ? Math.min(1, schema.maximum ?? 1) : schema.exclusiveMinimum + 1)
  );
}

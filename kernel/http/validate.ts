import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { TSchema } from 'kontor/sdk';
import { httpErrors } from './errors.ts';

/** One thing that is wrong with what came. */
type Fault = { pointer: string; wanted: string; came: string; fix: string };
type Part = 'params' | 'query' | 'body' | 'form';

const MAX_DEPTH = 32;
const MOST_FAULTS = 50; // a megabyte of mistakes would answer with seventy

/**
 * Makes the check of what a client sends. JSON bodies are taken as they are; addresses and forms, which can only carry
 * text, are coerced. Schemas are compiled when first needed: 600 routes at start would cost a second.
 */
export function createValidator() {
  const options = {
    allErrors: true,
    strict: false,
    useDefaults: true,
    verbose: true,
    logger: false,
  } as const;
  const exact = formats.default(new Ajv2020(options));
  const coercing = formats.default(new Ajv2020({ ...options, coerceTypes: 'array' }));
  const bodies = new WeakMap<TSchema, object>();

  function closedBody(schema: TSchema): object {
    const known = bodies.get(schema) ?? (closed(schema) as object);
    bodies.set(schema, known);
    return known;
  }

  return {
    /** @throws KERNEL_ERR_BODY, KERNEL_ERR_INPUT with the first 50 faults */
    check(part: Part, schema: TSchema, value: unknown): void {
      const isBody = part === 'body' || part === 'form';
      if (isBody) checkDepth(value, MAX_DEPTH);
      const ajv = part === 'body' ? exact : coercing;
      const isRight = ajv.compile(isBody ? closedBody(schema) : schema); // ajv keeps what it compiled
      const name = isBody ? 'body' : part;
      const errors = isRight(value) ? undefined : isRight.errors!;
      const faults = errors
        ? errors
            .filter(({ keyword }) => keyword !== 'if') // its branches say it better
            .slice(0, MOST_FAULTS)
            .map((error) => faultOf(name, error))
        : unkept(value, `/${name}`);
      if (!errors && faults.length === 0) return;
      const sentence = faults
        .map(({ pointer, wanted, came }) => `${pointer}: expected ${wanted}, got ${came}`)
        .join('; ');
      const Wrong = isBody ? httpErrors.KERNEL_ERR_BODY : httpErrors.KERNEL_ERR_INPUT;
      throw new Wrong(sentence, { details: { faults } });
    },
    /** Why this is no JSON Schema, if it is none. */
    faultOf(schema: TSchema): string | undefined {
      return exact.validateSchema(schema) ? undefined : exact.errorsText(exact.errors);
    },
  };
}

/** @throws KERNEL_ERR_INPUT when lists and objects stand in one another more than 32 deep */
function checkDepth(value: unknown, left: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (left === 0) {
    throw new httpErrors.KERNEL_ERR_INPUT(`Expected JSON at most ${MAX_DEPTH} levels deep; flatten it`);
  }
  for (const item of Object.values(value)) checkDepth(item, left - 1);
}

/** The first place that holds what no database keeps: a text with NUL or half a letter, a whole number past 2^53. */
function unkept(value: unknown, pointer: string): Fault[] {
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
    return [{ pointer, wanted: 'letters', came: 'a NUL or half a letter', fix: 'Take it out of the text' }];
  }
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return [{ pointer, wanted: 'a number within 2^53', came: String(value), fix: 'Send a smaller number' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  for (const [key, item] of Object.entries(value)) {
    const faults = [...unkept(key, pointer), ...unkept(item, `${pointer}/${key}`)];
    if (faults.length > 0) return faults;
  }
  return [];
}

/** Closes every object that declares its fields and says nothing about others: an unknown field is a misunderstanding. */
function closed(schema: unknown, isPartOfWhole = false): unknown {
  if (Array.isArray(schema)) return schema.map((item) => closed(item, isPartOfWhole));
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = mapValues(schema, (value, key) => {
    if (key === 'properties') return mapValues(value as object, (field) => closed(field));
    return DATA.has(key) ? value : closed(value, key === 'allOf');
  });
  const saysNothing = !('additionalProperties' in copy || 'unevaluatedProperties' in copy || isPartOfWhole);
  if (saysNothing && 'allOf' in copy) copy.unevaluatedProperties = false;
  else if (saysNothing && ('properties' in copy || 'patternProperties' in copy))
    copy.additionalProperties = false;
  return copy;
}

/** Keywords whose values are data, not schemas. */
const DATA = new Set(['default', 'const', 'enum', 'examples', 'required']);

function mapValues(
  object: object,
  change: (value: unknown, key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

function faultOf(part: string, { keyword, params, instancePath, message, data }: ErrorObject): Fault {
  const unknown: string | undefined = params.additionalProperty ?? params.unevaluatedProperty;
  const field: string | undefined = unknown ?? params.missingProperty;
  const pointer = `/${part}${instancePath}${field === undefined ? '' : `/${field}`}`;
  if (unknown !== undefined) {
    return { pointer, wanted: 'no such field', came: 'one', fix: 'Leave it out, or correct its name' };
  }
  if (keyword === 'required') return { pointer, wanted: 'a value', came: 'none', fix: 'Add this field' };
  const allowed: unknown[] | undefined =
    params.allowedValues ?? ('allowedValue' in params ? [params.allowedValue] : undefined);
  const wanted = allowed ? `one of ${JSON.stringify(allowed)}` : inWords(message ?? keyword);
  return { pointer, wanted, came: described(data), fix: `Send ${wanted}` };
}

function inWords(message: string): string {
  const bare = message.replace(/^must (be |match )?/, '');
  return bare.replace('NOT have fewer than', 'at least').replace('NOT have more than', 'at most');
}

/** Never the text itself: it may be a password. */
function described(data: unknown): string {
  if (typeof data === 'string') return `a text of ${data.length} letters`;
  if (Array.isArray(data)) return `a list of ${data.length}`;
  return typeof data === 'object' && data !== null ? 'an object' : String(data);
}

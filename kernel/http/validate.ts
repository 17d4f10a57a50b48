import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { TSchema } from 'kontor/sdk';
import { httpErrors } from './errors.ts';

/** One thing that is wrong with what came. */
export type Fault = { pointer: string; wanted: string; came: string; fix: string };
type Part = 'params' | 'query' | 'body';
export type Validate = (part: Part, schema: TSchema, value: unknown, isForm?: boolean) => void;

/**
 * Makes the check of what a client sends. JSON bodies are taken as they are; addresses and forms, which can only carry
 * text, are coerced. Schemas are compiled when first needed: 600 routes at start would cost a second.
 */
export function createValidate(): { validate: Validate; schemaFault(schema: TSchema): string | undefined } {
  const options = {
    allErrors: true,
    strict: false,
    useDefaults: true,
    verbose: true,
    logger: false,
  } as const;
  const exact = formats.default(new Ajv2020(options));
  const coercing = formats.default(new Ajv2020({ ...options, coerceTypes: 'array' }));
  const compiled = {
    exact: new WeakMap<TSchema, ValidateFunction>(),
    form: new WeakMap(),
    text: new WeakMap(),
  };

  return {
    validate(part, schema, value, isForm = false) {
      const kind = part !== 'body' ? 'text' : isForm ? 'form' : 'exact';
      let check: ValidateFunction | undefined = compiled[kind].get(schema);
      if (!check) {
        check = (kind === 'exact' ? exact : coercing).compile(part === 'body' ? closed(schema) : schema);
        compiled[kind].set(schema, check);
      }
      if (check(value)) return;
      const faults = (check.errors ?? []).filter(isTelling).map((error) => faultOf(part, error));
      const sentence = faults
        .map((one) => `${one.pointer}: expected ${one.wanted}, got ${one.came}`)
        .join('; ');
      const Wrong = part === 'body' ? httpErrors.KERNEL_ERR_BODY : httpErrors.KERNEL_ERR_INPUT;
      throw new Wrong(sentence, { details: { faults } });
    },
    schemaFault(schema) {
      return exact.validateSchema(schema) ? undefined : exact.errorsText(exact.errors);
    },
  };
}

/** Closes every object that declares its fields and says nothing about others: an unknown field is a misunderstanding. */
function closed(schema: unknown, isPartOfWhole = false): object {
  if (Array.isArray(schema)) return schema.map((item) => closed(item));
  if (typeof schema !== 'object' || schema === null) return schema as unknown as object;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'allOf') copy[key] = (value as unknown[]).map((item) => closed(item, true));
    else if (key === 'properties') copy[key] = mapValues(value as object, (field) => closed(field));
    else copy[key] = DATA.has(key) ? value : closed(value);
  }
  const saysNothing = !('additionalProperties' in copy || 'unevaluatedProperties' in copy || isPartOfWhole);
  if (saysNothing && 'allOf' in copy) copy.unevaluatedProperties = false;
  else if (saysNothing && 'properties' in copy) copy.additionalProperties = false;
  return copy;
}

/** Keywords whose values are data, not schemas. */
const DATA = new Set(['default', 'const', 'enum', 'examples', 'required']);

function mapValues(object: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

/** "must match a schema in anyOf" says nothing that its branches do not say better. */
function isTelling(error: ErrorObject): boolean {
  return error.keyword !== 'if';
}

function faultOf(part: Part, error: ErrorObject): Fault {
  const { keyword, params, instancePath, data } = error;
  const unknown: string | undefined = params.additionalProperty ?? params.unevaluatedProperty;
  const field: string | undefined = unknown ?? params.missingProperty;
  const pointer = `/${part}${instancePath}${field === undefined ? '' : `/${field}`}`;
  if (unknown !== undefined) {
    return { pointer, wanted: 'no such field', came: 'one', fix: 'Leave it out, or correct its name' };
  }
  if (keyword === 'required') return { pointer, wanted: 'a value', came: 'none', fix: 'Add this field' };
  const allowed: unknown[] | undefined =
    params.allowedValues ?? ('allowedValue' in params && [params.allowedValue]);
  const wanted = allowed ? `one of ${JSON.stringify(allowed)}` : inWords(error.message ?? keyword);
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

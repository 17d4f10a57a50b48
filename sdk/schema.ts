import type { TSchema } from 'typebox';

/**
 * One source for types, validation and documents: a schema made with `Type` is JSON Schema, and `Static` is its type.
 * The library behind it is typebox; plugins import it from here, so that it has one owner.
 */
export { Type, type Static, type TSchema, type TObject } from 'typebox';

/** JSON Schema as plain data, as manifests carry it. */
export type JsonSchema = { readonly [key: string]: unknown };
/** Anything that JSON can carry. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * What is wrong with a value by a schema that is known only when the program runs, e.g. the args of a strategy at a point.
 * Bodies, settings and payloads are checked by the kernel already.
 *
 * @returns a sentence for each fault, empty when there is none
 * @example await schemaFaults(Type.Object({ amount: Type.Integer() }), { amount: 'x' }) // ['/amount must be integer']
 */
export async function schemaFaults(schema: TSchema, value: unknown): Promise<string[]> {
  const { Errors } = await import('typebox/value'); // loading it costs 40 ms, and few processes need it
  return Errors(schema, value)
    .filter(({ keyword }) => keyword !== 'boolean') // an unknown field is told of by its object too
    .map(({ instancePath, message, keyword, params }) => {
      const unknown = keyword === 'additionalProperties' ? `: ${params.additionalProperties.join(', ')}` : '';
      return `${instancePath || '/'} ${message}${unknown}`;
    });
}

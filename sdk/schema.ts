/**
 * One source for types, validation and documents: a schema made with `Type` is JSON Schema, and `Static` is its type.
 * The library behind it is typebox; plugins import it from here, so that it has one owner.
 */
export { Type, type Static, type TSchema, type TObject } from 'typebox';

/** JSON Schema as plain data, as manifests carry it. */
export type JsonSchema = { readonly [key: string]: unknown };
/** Anything that JSON can carry. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import type { Json, Manifest } from 'kontor/sdk';
import { didYouMean } from '../plugins/nearest.ts';
import { errors } from './errors.ts';

export type Values = Record<string, Json>;

/** What a plugin's settings may be. */
export type SettingsSchema = {
  /** Fields that are sealed in the database. */
  readonly secrets: ReadonlySet<string>;
  /** The same values with the defaults of all that is missing. */
  withDefaults(values: Values): Values;
  /** Everything that is wrong, a sentence each. `partly`: what is required may come from elsewhere. */
  faults(values: Values, options?: { partly: boolean }): string[];
};

/** @throws KERNEL_ERR_SETTINGS_SCHEMA with what is wrong about the schema itself */
export function readSchema({ id, settings = {} }: Pick<Manifest, 'id' | 'settings'>): SettingsSchema {
  const schema = { type: 'object', additionalProperties: false, ...settings } as Record<string, unknown>;
  const properties = (schema.properties ?? {}) as Record<string, { secret?: unknown }>;
  const secrets = new Set(Object.keys(properties).filter((name) => properties[name]?.secret === true));
  const { check, checkPartly } = compile();

  function compile() {
    try {
      if (countSecrets(settings) !== secrets.size)
        throw new Error('"secret" belongs on a text at the top level');
      const { required: _, ...partly } = schema;
      return { check: ajv().compile(schema), checkPartly: ajv().compile(partly) };
    } catch (error) {
      throw new errors.KERNEL_ERR_SETTINGS_SCHEMA(id, (error as Error).message, { cause: error });
    }
  }

  return {
    secrets,
    withDefaults(values) {
      const filled = structuredClone(values);
      checkPartly(filled);
      return filled;
    },
    faults(values, options) {
      const validate = options?.partly ? checkPartly : check;
      if (validate(structuredClone(values))) return [];
      return (validate.errors ?? []).map((error) =>
        sentence(error, { secrets, names: Object.keys(properties) }),
      );
    },
  };
}

function ajv(): Ajv {
  // Strict: a keyword it does not know may be a misspelt "secret".
  const strict = { strict: true, strictTypes: false, strictTuples: false, strictRequired: false };
  const made = new Ajv({ ...strict, allErrors: true, useDefaults: true, verbose: true });
  made.addKeyword({ keyword: 'secret', schemaType: 'boolean', type: 'string' });
  return formats.default(made);
}

function countSecrets(schema: unknown): number {
  if (typeof schema !== 'object' || schema === null) return 0;
  const own = (schema as { secret?: unknown }).secret === true ? 1 : 0;
  return Object.values(schema).reduce((sum: number, part) => sum + countSecrets(part), own);
}

function sentence(error: ErrorObject, known: { secrets: ReadonlySet<string>; names: string[] }): string {
  const { instancePath, keyword, message, params, data } = error;
  const path = instancePath.slice(1).replaceAll('/', '.');
  const subject = path ? `'${path}'` : 'the settings';
  if (keyword === 'additionalProperties')
    return `'${params.additionalProperty}' is not a setting; ${didYouMean(params.additionalProperty, known.names)}`;
  if (keyword === 'required') return `'${params.missingProperty}' is missing`;
  const wanted = keyword === 'enum' ? `must be one of ${params.allowedValues.join(', ')}` : message;
  return known.secrets.has(path)
    ? `${subject} ${wanted}`
    : `${subject} ${wanted}, got ${JSON.stringify(data)}`;
}

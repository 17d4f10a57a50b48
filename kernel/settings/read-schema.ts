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

/** Reads the settings of each plugin that has some. @throws KERNEL_ERR_SETTINGS_SCHEMA, naming the plugin and what is wrong */
export function readSchemas(manifests: readonly Manifest[]): Map<string, SettingsSchema> {
  const ajv = strictAjv(); // one for all: making it costs more than thirty schemas
  const having = manifests.filter(({ settings }) => settings !== undefined);
  return new Map(having.map((manifest) => [manifest.id, readSchema(manifest, ajv)]));
}

function readSchema({ id, settings = {} }: Manifest, ajv: Ajv): SettingsSchema {
  const schema = { type: 'object', additionalProperties: false, ...settings } as Record<string, unknown>;
  const properties = (schema.properties ?? {}) as Record<string, { secret?: unknown }>;
  const names = Object.keys(properties);
  const secrets = new Set(names.filter((name) => properties[name]?.secret === true));
  const { required = [], ...rest } = schema;
  const check = compile();

  function compile() {
    try {
      if (countSecrets(settings) !== secrets.size)
        throw new Error('"secret" belongs on a text at the top level');
      return ajv.compile(rest);
    } catch (error) {
      throw new errors.KERNEL_ERR_SETTINGS_SCHEMA(id, (error as Error).message, { cause: error });
    }
  }

  return {
    secrets,
    withDefaults(values) {
      const filled = structuredClone(values);
      check(filled);
      return filled;
    },
    faults(values, options) {
      const wanted = options?.partly ? [] : (required as string[]);
      const missing = wanted
        .filter((name) => !Object.hasOwn(values, name))
        .map((name) => `'${name}' is missing`);
      const wrong = check(structuredClone(values)) ? [] : (check.errors ?? []);
      return [...missing, ...wrong.map((error) => sentence(error, { secrets, names }))];
    },
  };
}

function strictAjv(): Ajv {
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

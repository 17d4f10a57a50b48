import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import type { Json, Manifest } from 'kontor/sdk';
import { didYouMean } from '../nearest.ts';
import { errors } from './errors.ts';

export type Values = Record<string, Json>;
/** What a plugin's settings may be. */
export type SettingsSchema = ReturnType<typeof readSchema>;

/** Reads the settings of each plugin that has some. @throws KERNEL_ERR_SETTINGS_SCHEMA, naming the plugin and what is wrong */
export function readSchemas(manifests: readonly Manifest[]): Map<string, SettingsSchema> {
  // Strict: a keyword it does not know may be a misspelt "secret".
  const strict = { strict: true, strictTypes: false, strictTuples: false, strictRequired: false };
  const ajv = new Ajv({ ...strict, allErrors: true, useDefaults: true, verbose: true }); // making it costs more than thirty schemas
  ajv.addKeyword({ keyword: 'secret', schemaType: 'boolean', type: 'string' });
  ajv.addKeyword({ keyword: 'platformOnly', schemaType: 'boolean' });
  formats.default(ajv);
  const having = manifests.filter(({ settings }) => settings !== undefined);
  return new Map(having.map((manifest) => [manifest.id, readSchema(manifest, ajv)]));
}

function readSchema({ id, settings = {} }: Manifest, ajv: Ajv) {
  const { required = [], ...schema } = settings as { required?: string[]; properties?: object };
  const properties = Object.entries<Record<string, unknown>>({ ...schema.properties });
  const names = properties.map(([name]) => name);
  const marked = (mark: string) => new Set(names.filter((_, at) => properties[at]![1][mark] === true));
  const secrets = marked('secret');
  const check = compile();
  check({});
  const unfit = (check.errors ?? []).filter(({ instancePath }) => instancePath); // in a default, as all else is missing
  if (unfit.length > 0) {
    const why = unfit.map((error) => sentence(error, { secrets, names })).join(', ');
    throw new errors.KERNEL_ERR_SETTINGS_SCHEMA(id, `of the defaults, ${why}`);
  }

  function compile() {
    try {
      if (countSecrets(settings) !== secrets.size)
        throw new Error('"secret" belongs on a text at the top level');
      return ajv.compile({ type: 'object', additionalProperties: false, ...schema });
    } catch (error) {
      throw new errors.KERNEL_ERR_SETTINGS_SCHEMA(id, (error as Error).message, { cause: error });
    }
  }

  return {
    /** Fields that are sealed in the database. */
    secrets,
    /** Fields that no store may set, such as where a provider is. */
    platformOnly: marked('platformOnly'),
    /** The same values with the defaults of all that is missing. */
    withDefaults(values: Values): Values {
      const filled = structuredClone(values);
      check(filled);
      return filled;
    },
    /** Everything that is wrong, a sentence each. `partly`: what is required may come from elsewhere. */
    faults(values: Values, { partly = false } = {}): string[] {
      const missing = partly ? [] : required.filter((name) => !Object.hasOwn(values, name));
      const wrong = check(structuredClone(values)) ? [] : (check.errors ?? []);
      return [
        ...missing.map((name) => `'${name}' is missing`),
        ...wrong.map((error) => sentence(error, { secrets, names })),
      ];
    },
  };
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
  const got = known.secrets.has(path) ? '' : `, got ${JSON.stringify(data)}`;
  return `${subject} ${wanted}${got}`;
}

import { Ajv, type ErrorObject } from 'ajv';
import { type Manifest, ManifestSchema } from 'kontor/sdk';
import { valid, validRange } from 'semver';
import { didYouMean } from '../nearest.ts';

/** Makes the judge of manifests: every fault as a sentence of what was wanted, what came, where, and how to mend it. */
export function createJudge(): (file: string, text: string) => { manifest: Manifest } | { faults: string[] } {
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
  const fits = ajv.compile<Manifest>(ManifestSchema);

  return (file, text) => {
    let manifest: unknown;
    try {
      manifest = JSON.parse(text);
    } catch (error) {
      const why = (error as Error).message;
      return { faults: [`Expected JSON in ${file}, got text that does not parse: ${why}`] };
    }
    if (!fits(manifest)) {
      // The branches of a choice each complain; the choice itself says it better.
      const own = (fits.errors ?? []).filter(({ schemaPath }) => !schemaPath.includes('/anyOf/'));
      return { faults: own.map((error) => sentence(file, error)) };
    }
    const faults = [...versionFaults(manifest), ...ownershipFaults(manifest)];
    if (manifest.settings && !ajv.validateSchema(manifest.settings))
      faults.push(`expected a JSON Schema in 'settings', but ${ajv.errorsText(ajv.errors)}`);
    return faults.length === 0 ? { manifest } : { faults: faults.map((fault) => `${file}: ${fault}`) };
  };
}

function sentence(file: string, { keyword, instancePath, params, message, ...error }: ErrorObject): string {
  const at = `${file} at ${instancePath || '/'}`;
  const { description, properties, anyOf } = error.parentSchema as {
    description?: string;
    properties?: object;
    anyOf?: { const?: unknown }[];
  };
  if (keyword === 'required')
    return `${at}: expected the field '${params.missingProperty}', got none; add it`;
  if (keyword === 'additionalProperties') {
    const name = String(params.additionalProperty);
    return `${at}: unknown field '${name}'; ${didYouMean(name, Object.keys(properties ?? {}))}`;
  }
  const got = `got ${JSON.stringify(error.data)}`;
  if (keyword === 'pattern')
    return `${at}: expected ${description ?? `a text like ${params.pattern}`}, ${got}`;
  const choices = anyOf?.flatMap((choice) => choice.const ?? []).join(', ');
  const wanted =
    keyword === 'anyOf' ? `expected ${choices ? `one of ${choices}` : 'another value'}` : message;
  return `${at}: ${wanted}${description ? ` (${description})` : ''}, ${got}`;
}

function versionFaults({ version, requires, dependsOn, worksWith }: Manifest): string[] {
  const ranges = Object.entries({ requires, ...dependsOn, ...worksWith });
  return [
    ...(valid(version) ? [] : [`expected a semver version such as 1.4.0, got '${version}'`]),
    ...ranges
      .filter(([, range]) => !validRange(range))
      .map(([name, range]) => `expected a semver range such as ^1.2.0 for '${name}', got '${range}'`),
  ];
}

function ownershipFaults({ id, features = [], limits = [], permissions = [], declares }: Manifest): string[] {
  const codesOf = (rows: { code: string }[]) => rows.map(({ code }) => code);
  const [feature, limit, permission] = [features, limits, permissions].map(codesOf);
  const kinds = Object.entries({ feature, limit, permission, job: declares?.jobs });
  return kinds.flatMap(([kind, all = []]) => [
    ...all
      .filter((code) => !code.startsWith(`${id}.`))
      .map((code) => `the ${kind} '${code}' is not this plugin's to declare; begin it with '${id}.'`),
    ...all
      .filter((code, index) => all.indexOf(code) !== index)
      .map((code) => `the ${kind} '${code}' is declared twice; keep one`),
  ]);
}

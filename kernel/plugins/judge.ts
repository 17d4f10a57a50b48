import { Ajv, type ErrorObject } from 'ajv';
import { type Manifest, ManifestSchema } from 'kontor/sdk';
import { valid, validRange } from 'semver';
import { didYouMean } from '../nearest.ts';

export type Verdict = { manifest: Manifest } | { faults: string[] };

/** Makes the judge of manifests: every fault as a sentence of what was wanted, what came, where, and how to mend it. */
export function createJudge(): (file: string, text: string) => Verdict {
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
  const fits = ajv.compile<Manifest>(ManifestSchema);

  return (file, text) => {
    const parsed = parse(text);
    if ('fault' in parsed) {
      return { faults: [`Expected JSON in ${file}, got text that does not parse: ${parsed.fault}`] };
    }
    if (!fits(parsed.value)) {
      return { faults: (fits.errors ?? []).filter(isOwnError).map((error) => sentence(file, error)) };
    }
    const manifest = parsed.value;
    const faults = [
      ...versionFaults(manifest),
      ...ownershipFaults(manifest),
      ...settingsFaults(ajv, manifest),
    ];
    return faults.length === 0 ? { manifest } : { faults: faults.map((fault) => `${file}: ${fault}`) };
  };
}

function parse(text: string): { value: unknown } | { fault: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

/** The branches of a choice each complain; the choice itself says it better. */
function isOwnError(error: ErrorObject): boolean {
  return !error.schemaPath.includes('/anyOf/');
}

function sentence(file: string, error: ErrorObject): string {
  const at = `${file} at ${error.instancePath || '/'}`;
  const got = `got ${JSON.stringify(error.data)}`;
  const schema = error.parentSchema as {
    description?: string;
    properties?: object;
    anyOf?: { const?: unknown }[];
  };
  const meaning = schema.description ? ` (${schema.description})` : '';
  switch (error.keyword) {
    case 'required':
      return `${at}: expected the field '${error.params.missingProperty}', got none; add it`;
    case 'additionalProperties': {
      const name = String(error.params.additionalProperty);
      return `${at}: unknown field '${name}'; ${didYouMean(name, Object.keys(schema.properties ?? {}))}`;
    }
    case 'anyOf': {
      const choices = (schema.anyOf ?? []).flatMap((choice) =>
        choice.const === undefined ? [] : [choice.const],
      );
      const wanted = choices.length > 0 ? `one of ${choices.join(', ')}` : 'another value';
      return `${at}: expected ${wanted}${meaning}, ${got}`;
    }
    case 'pattern':
      return `${at}: expected a text like ${error.params.pattern}${meaning}, ${got}`;
    default:
      return `${at}: ${error.message}${meaning}, ${got}`;
  }
}

function versionFaults(manifest: Manifest): string[] {
  const ranges = { requires: manifest.requires, ...manifest.dependsOn, ...manifest.worksWith };
  return [
    ...(valid(manifest.version)
      ? []
      : [`expected a semver version such as 1.4.0, got '${manifest.version}'`]),
    ...Object.entries(ranges).flatMap(([name, range]) =>
      validRange(range) ? [] : [`expected a semver range such as ^1.2.0 for '${name}', got '${range}'`],
    ),
  ];
}

function ownershipFaults(manifest: Manifest): string[] {
  const codes = Object.entries({
    feature: manifest.features?.map(({ code }) => code),
    limit: manifest.limits?.map(({ code }) => code),
    permission: manifest.permissions?.map(({ code }) => code),
    job: manifest.declares?.jobs,
  });
  return codes.flatMap(([kind, all = []]) => [
    ...all
      .filter((code) => !code.startsWith(`${manifest.id}.`))
      .map(
        (code) => `the ${kind} '${code}' is not this plugin's to declare; begin it with '${manifest.id}.'`,
      ),
    ...all
      .filter((code, index) => all.indexOf(code) !== index)
      .map((code) => `the ${kind} '${code}' is declared twice; keep one`),
  ]);
}

function settingsFaults(ajv: Ajv, manifest: Manifest): string[] {
  if (!manifest.settings || ajv.validateSchema(manifest.settings)) {
    return [];
  }
  return [`expected a JSON Schema in 'settings', but ${ajv.errorsText(ajv.errors)}`];
}

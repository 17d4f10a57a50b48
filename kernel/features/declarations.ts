import type { Manifest } from 'kontor/sdk';
import { errors } from './errors.ts';

type Feature = NonNullable<Manifest['features']>[number];
type Limit = NonNullable<Manifest['limits']>[number];

/** What the running plugins declare, by code, each with its owner. */
export type Declarations = {
  /** Plugin to the plugins it cannot do without. */
  readonly plugins: ReadonlyMap<string, readonly string[]>;
  readonly features: ReadonlyMap<string, Feature & { readonly plugin: string }>;
  readonly limits: ReadonlyMap<string, Limit & { readonly plugin: string }>;
};

/** @throws KERNEL_ERR_CODE_TWICE when two plugins declare one code */
export function readDeclarations(manifests: readonly Manifest[]): Declarations {
  const owners = new Map<string, string>();
  const owned = <Declared extends { code: string }>(
    pick: (manifest: Manifest) => readonly Declared[] | undefined,
  ) =>
    new Map(
      manifests.flatMap((manifest) =>
        (pick(manifest) ?? []).map((declared) => {
          const owner = owners.get(declared.code);
          if (owner !== undefined) throw new errors.KERNEL_ERR_CODE_TWICE(declared.code, owner, manifest.id);
          owners.set(declared.code, manifest.id);
          return [declared.code, { ...declared, plugin: manifest.id }] as const;
        }),
      ),
    );
  return {
    plugins: new Map(manifests.map(({ id, dependsOn }) => [id, Object.keys(dependsOn ?? {})])),
    features: owned(({ features }) => features),
    limits: owned(({ limits }) => limits),
  };
}

import type { Manifest } from 'kontor/sdk';
import { errors } from './errors.ts';

/** What the running plugins declare, by code, each with its owner; and which plugins each of them cannot do without. */
export type Declarations = ReturnType<typeof readDeclarations>;

/** @throws KERNEL_ERR_CODE_TWICE when two plugins declare one code */
export function readDeclarations(manifests: readonly Manifest[]) {
  const owners = new Map<string, string>();
  const owned = <Declared extends { code: string }>(plugin: string, declared: readonly Declared[] = []) =>
    declared.map((one) => {
      const owner = owners.get(one.code);
      if (owner !== undefined) throw new errors.KERNEL_ERR_CODE_TWICE(one.code, owner, plugin);
      owners.set(one.code, plugin);
      return [one.code, { ...one, plugin }] as const;
    });
  return {
    plugins: new Map(manifests.map(({ id, dependsOn }) => [id, Object.keys(dependsOn ?? {})])),
    features: new Map(manifests.flatMap(({ id, features }) => owned(id, features))),
    limits: new Map(manifests.flatMap(({ id, limits }) => owned(id, limits))),
  };
}

import type { Json } from 'kontor/sdk';
import type { SettingDefinition, SettingWorld } from './setting-types.ts';
import { valueFault } from './setting-values.ts';

/** What is wrong with values, each in words; values that no setting has are left alone, as a schema may have lost them. */
export function settingFaults(
  definitions: readonly SettingDefinition[],
  values: Readonly<Record<string, Json>> = {},
  world: SettingWorld,
): string[] {
  return definitions.flatMap((definition) => {
    const value = definition.id === undefined ? undefined : values[definition.id];
    if (value === undefined) return [];
    const wanted = valueFault(definition, value, world);
    return wanted === undefined ? [] : `'${definition.id}' should be ${wanted}`;
  });
}

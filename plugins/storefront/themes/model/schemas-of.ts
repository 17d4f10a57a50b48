import { readSchema, type Schema } from './schema.ts';
import { readSettingsData, readSettingsSchema, themeSettings } from './theme-settings.ts';
import type { ThemeSchemas } from './theme-schemas.ts';

/**
 * The schemas of a theme, each read when it is first asked for.
 *
 * @param text - of a file by its path
 * @param read - how a schema is read; give one that remembers by checksum where themes come again
 */
export function schemasOf(
  text: (path: string) => string | undefined,
  read: (path: string, source: string) => Schema = (_path, source) => readSchema(source),
): ThemeSchemas {
  const known = new Map<string, Schema | undefined>();
  const at = (path: string): Schema | undefined => {
    if (!known.has(path)) {
      const source = text(path);
      known.set(path, source === undefined ? undefined : read(path, source));
    }
    return known.get(path);
  };
  let schemes: readonly string[] | undefined;
  return {
    section: (type) => at(`sections/${type}.liquid`),
    block: (type) => at(`blocks/${type}.liquid`),
    get schemes() {
      schemes ??= schemeIds(text);
      return schemes;
    },
  };
}

function schemeIds(text: (path: string) => string | undefined): string[] {
  const schema = readSettingsSchema(text('config/settings_schema.json'));
  const data = readSettingsData(text('config/settings_data.json'));
  return themeSettings(schema, data).schemes.map(({ id }) => id);
}

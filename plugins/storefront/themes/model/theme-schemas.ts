import { type Schema, schemaOf } from './schema.ts';

/** The schemas of a theme, by the names of its sections and blocks. */
export type ThemeSchemas = {
  section(type: string): Schema | undefined;
  block(type: string): Schema | undefined;
  /** Ids of colour schemes. */
  readonly schemes: readonly string[];
};

/** Blocks that plugins bring along. */
export const isAppType = (type: string): boolean =>
  type === '@app' || /^(?:shopify|kontor):\/\/apps\//.test(type);

/**
 * The schema of a block where it stands.
 *
 * @param container - of the section or block around it
 * @param isStatic - named by the Liquid of the container, which needs no leave then
 * @returns undefined when nothing of that type may stand there
 */
export function blockSchema(
  { type, container, isStatic = false }: { type: string; container: Schema; isStatic?: boolean },
  schemas: Pick<ThemeSchemas, 'block'>,
): Schema | undefined {
  const own = container.blocks.find((entry) => entry.isLocal && entry.type === type);
  if (own) return { ...schemaOf({}), name: own.name, settings: own.settings, tag: null };
  if (isAppType(type)) return allows(container, '@app') ? schemaOf({ name: type }) : undefined;
  const isAllowed =
    isStatic || allows(container, type) || (allows(container, '@theme') && !type.startsWith('_'));
  return isAllowed ? schemas.block(type) : undefined;
}

/** How many blocks of a type may stand in one container; undefined for any number. */
export function limitOf(type: string, container: Schema): number | undefined {
  return container.blocks.find((entry) => entry.type === type)?.limit;
}

const allows = (container: Schema, type: string): boolean =>
  container.blocks.some((entry) => entry.type === type);

/** A Sequelize model as data: the kernel makes it on its own connection, in the current store, under the plugin's role. */
export type ModelDefinition<Attributes extends object> = {
  /** `schema.table` */
  table: string;
  /** Each attribute's Sequelize type by name, e.g. `{ text: 'TEXT', writtenAt: 'DATE' }`; `id` and `storeId` are there already. */
  attributes: {
    readonly [Name in Exclude<keyof Attributes, 'id' | 'storeId'>]:
      | ColumnType
      | { type: ColumnType; null?: boolean; column?: string };
  };
};

/** Types of attributes, by their names in Sequelize. */
export type ColumnType =
  | 'TEXT'
  | 'INTEGER'
  | 'BIGINT'
  | 'BOOLEAN'
  | 'DATE'
  | 'DATEONLY'
  | 'JSONB'
  | 'DOUBLE'
  | 'DECIMAL'
  | 'UUID'
  | 'BLOB'
  | 'TEXT[]'
  | 'BIGINT[]';

/**
 * Declares a model over a tenant table. Columns are the snake_case of attributes unless `column` says otherwise.
 * Every find, change and removal gets `store_id` added; an included model too.
 *
 * @example
 * export const Notes = defineModel<{ id: Id; storeId: Id; text: string }>({ table: 'notes.notes', attributes: { text: 'TEXT' } });
 * await database.model(Notes).findAll({ where: { text: 'hello' }, raw: true });
 */
export function defineModel<Attributes extends object>(
  definition: ModelDefinition<Attributes>,
): ModelDefinition<Attributes> {
  return definition;
}

import type { ColumnType, ModelDefinition } from 'kontor/sdk';
import { DataTypes, type Model, type ModelStatic, type Sequelize, type WhereOptions } from 'sequelize';
import { current } from '../context.ts';
import { databaseErrors } from './errors.ts';
import { schemaOf } from './roles.ts';

/** Sequelize's type of a name, or of a list of it. */
function typeOf(name: ColumnType): unknown {
  const one = DataTypes[name.replace('[]', '') as 'TEXT'];
  return name.endsWith('[]') ? DataTypes.ARRAY(one) : one;
}

type Attributes = { id: number; storeId: number };
type Filtered = {
  where?: WhereOptions;
  include?: { model: ModelStatic<Model>; where?: WhereOptions; required?: boolean }[];
};

/** Makes the Sequelize model of a definition; each find, change and removal names the current store. */
export function createModel(
  sequelize: Sequelize,
  plugin: string,
  definition: ModelDefinition<object>,
): ModelStatic<Model> {
  const [schema, table] = definition.table.split('.');
  if (schema !== schemaOf(plugin) || !table) {
    throw new databaseErrors.KERNEL_ERR_MODEL(
      definition.table,
      `expected a table of schema ${schemaOf(plugin)}`,
    );
  }
  const model = sequelize.define<Model<Attributes>>(
    definition.table,
    {
      storeId: { type: DataTypes.BIGINT, primaryKey: true, field: 'store_id', allowNull: false },
      id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
      ...columns(definition),
    } as never,
    { schema, tableName: table, timestamps: false },
  );
  model.addHook('beforeFind', nameStore);
  model.addHook('beforeCount', nameStore);
  model.addHook('beforeBulkUpdate', nameStore as never);
  // Sequelize has turned names of attributes into columns by now, here alone.
  model.addHook('beforeBulkDestroy', (options) => {
    options.where = { ...options.where, store_id: storeId() } as WhereOptions;
  });
  model.addHook('beforeValidate', (row) => fillStore(row as Model<Attributes>));
  model.addHook('beforeBulkCreate', (rows) => (rows as unknown as Model<Attributes>[]).forEach(fillStore));
  model.addHook('beforeUpsert', (values) => {
    Object.assign(values, { storeId: storeId() });
  });
  return model as unknown as ModelStatic<Model>;
}

function columns(definition: ModelDefinition<object>): Record<string, unknown> {
  const attributes = definition.attributes as Record<
    string,
    ColumnType | { type: ColumnType; null?: boolean; column?: string }
  >;
  return Object.fromEntries(
    Object.entries(attributes).map(([name, given]) => {
      const column = typeof given === 'string' ? { type: given } : given;
      const type = typeOf(column.type);
      if (!type)
        throw new databaseErrors.KERNEL_ERR_MODEL(definition.table, `no type ${column.type} for ${name}`);
      return [name, { type, field: column.column ?? snake(name), allowNull: column.null ?? true }];
    }),
  );
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function nameStore(options: Filtered): void {
  const store = { storeId: storeId() };
  options.where = options.where ? ({ ...options.where, ...store } as WhereOptions) : store;
  for (const included of options.include ?? []) {
    // A where on an include would turn the left join into an inner one.
    included.required ??= false;
    nameStore(included as Filtered);
  }
}

function fillStore(row: Model<Attributes>): void {
  row.setDataValue('storeId', storeId()); // whatever was given: a row is written where one is
}

/** 0 belongs to nobody: outside of a store a model finds nothing and writes nothing. */
function storeId(): number {
  return current().store?.ref.id ?? 0;
}

import { type Cradle, type CustomerBook, type CustomerGroup, ok, refused } from 'kontor/sdk';

/** Groups of customers of the current store. */
export function createGroups({
  database,
  stores,
}: Pick<Cradle, 'database' | 'stores'>): Pick<CustomerBook, 'groups' | 'saveGroup' | 'removeGroup'> {
  const store = () => stores.current().id;
  const read = (code?: string) =>
    database.query<CustomerGroup>(
      `select g.code, g.title, (select count(*) from customers.profiles p
         where p.store_id = $1 and p.group_code = g.code) as "memberCount"
       from customers.groups g where g.store_id = $1 and ($2::text is null or g.code = $2) order by g.code`,
      [store(), code ?? null],
    );

  return {
    groups: () => read(),
    async saveGroup({ code, title }) {
      if (!/^[a-z][a-z0-9-]{0,39}$/.test(code)) return refused('badCode', { code });
      await database.query(
        `insert into customers.groups (store_id, code, title) values ($1, $2, $3)
         on conflict (store_id, code) do update set title = excluded.title`,
        [store(), code, title],
      );
      return ok((await read(code))[0]!);
    },
    removeGroup: (code) =>
      database.transaction(async () => {
        const sql = 'select code from customers.groups where store_id = $1 and code = $2 for update';
        if ((await database.query(sql, [store(), code])).length === 0) return refused('notFound');
        const [group] = await read(code);
        if (group!.memberCount > 0) return refused('inUse', { members: group!.memberCount });
        await database.query('delete from customers.groups where store_id = $1 and code = $2', [
          store(),
          code,
        ]);
        return ok();
      }),
  };
}

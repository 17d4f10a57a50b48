import t from 'tap';
import { within } from '../../kernel/context.ts';
import { startTestDatabase } from '../support/database.ts';

t.test('starts', async (t) => {
  const { database, stores } = await startTestDatabase(t);
  const seen = await within({ store: stores.a }, () =>
    database.query('select id, handle from kernel.stores'),
  );
  t.same(seen, [{ id: stores.a.ref.id, handle: 'a' }]);
  t.same(await database.query('select id from kernel.stores'), []);
});

import { type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { takeTurn } from '../services/kept.ts';

export async function removeRedirect(services: Cradle, id: Id): Promise<Result<undefined, 'notFound'>> {
  const { database, events, stores } = services;
  return database.transaction(async () => {
    const gone = await database.query(
      'delete from content.redirects where store_id = $1 and id = $2 returning id',
      [stores.current().id, id],
    );
    if (gone.length === 0) return refused('notFound', { redirectId: id });
    await takeTurn(services);
    await events.emit('content.redirects_saved', { count: 1 }, { entity: 'redirects' });
    return ok();
  });
}

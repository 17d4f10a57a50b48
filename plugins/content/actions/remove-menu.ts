import { type Cradle, type Id, ok, refused, type Result } from 'kontor/sdk';
import { takeTurn } from '../services/kept.ts';

export async function removeMenu(services: Cradle, id: Id): Promise<Result<undefined, 'notFound'>> {
  const { database, events, stores } = services;
  return database.transaction(async () => {
    const [gone] = await database.query<{ handle: string }>(
      'delete from content.menus where store_id = $1 and id = $2 returning handle',
      [stores.current().id, id],
    );
    if (!gone) return refused('notFound', { menuId: id });
    await takeTurn(services);
    await events.emit('content.menu_saved', gone, { entity: `menu:${gone.handle}` });
    return ok();
  });
}

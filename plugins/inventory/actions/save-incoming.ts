import { type Cradle, type Id, ok, refused, type Result, type StockLine } from 'kontor/sdk';
import { actorName } from '../services/actor-name.ts';
import { sumIncoming } from '../services/incoming-sums.ts';
import { addUp } from '../services/lines.ts';
import { locationId } from '../services/locations.ts';
import { lockIncoming } from '../services/lock-incoming.ts';
import { makeItems } from '../services/make-items.ts';
import { type Incoming, readIncoming } from '../services/read-incoming.ts';
import { lockStock } from '../services/stock.ts';

type IncomingInput = {
  locationId?: Id;
  supplier?: string;
  number?: string;
  note?: string;
  expectedOn?: string | null;
  lines?: readonly StockLine[];
};

/** Notes goods that are on their way. */
export async function addIncoming(
  services: Cradle,
  { lines = [], ...input }: IncomingInput,
): Promise<Incoming> {
  const { clock, database, stores } = services;
  return database.transaction(async () => {
    const place = await locationId(services, input.locationId);
    const [made] = await database.query<{ id: Id }>(
      `insert into inventory.incoming (store_id, location_id, supplier, number, note, expected_on, created_at, changed_at,
         changed_by) values ($1, $2, $3, $4, $5, $6, $7, $7, $8) returning id`,
      [
        stores.current().id,
        place,
        input.supplier ?? '',
        input.number ?? '',
        input.note ?? '',
        input.expectedOn ?? null,
        clock.now(),
        actorName(stores.actor()),
      ],
    );
    await writeLines(services, made!.id, [], lines);
    return (await readIncoming(services, made!.id))!;
  });
}

/** Changes what is named. Lines that are named replace all; one that came in part cannot expect less than came. */
export async function changeIncoming(
  services: Cradle,
  id: Id,
  { version, lines, ...change }: IncomingInput & { version: number },
): Promise<Result<Incoming, 'notFound' | 'changed' | 'closed' | 'cameAlready'>> {
  const { clock, database, stores } = services;
  return database.transaction(async () => {
    const locked = await lockIncoming(services, id, version);
    if (!locked.ok) return locked;
    const known = locked.value;
    const expected = lines && addUp(lines);
    const came = known.lines.filter(
      (line) => expected && line.received > (expected.get(line.variantId) ?? 0),
    );
    if (came.length > 0) return refused('cameAlready', { lines: came });
    const place =
      change.locationId === undefined ? known.locationId : await locationId(services, change.locationId);
    await database.query(
      `update inventory.incoming set location_id = $3, supplier = $4, number = $5, note = $6, expected_on = $7,
         version = version + 1, changed_at = $8, changed_by = $9 where store_id = $1 and id = $2`,
      [
        stores.current().id,
        id,
        place,
        change.supplier ?? known.supplier,
        change.number ?? known.number,
        change.note ?? known.note,
        change.expectedOn === undefined ? known.expectedOn : change.expectedOn,
        clock.now(),
        actorName(stores.actor()),
      ],
    );
    if (lines)
      await writeLines(
        services,
        id,
        known.lines.map(({ variantId }) => variantId),
        lines,
      );
    return ok((await readIncoming(services, id))!);
  });
}

async function writeLines(
  services: Cradle,
  id: Id,
  before: readonly Id[],
  lines: readonly StockLine[],
): Promise<void> {
  const { database, stores } = services;
  const expected = addUp(lines);
  const variantIds = [...new Set([...before, ...expected.keys()])].sort((left, right) => left - right);
  await makeItems(services, variantIds);
  await lockStock(services, { variantIds });
  const values = [stores.current().id, id, [...expected.keys()]];
  await database.query(
    `delete from inventory.incoming_lines where store_id = $1 and incoming_id = $2 and variant_id <> all ($3::bigint[])`,
    values,
  );
  await database.query(
    `insert into inventory.incoming_lines (store_id, incoming_id, variant_id, expected)
     select $1, $2, variant_id, expected from unnest($3::bigint[], $4::bigint[]) as n (variant_id, expected)
     on conflict (store_id, incoming_id, variant_id) do update set expected = excluded.expected`,
    [...values, [...expected.values()]],
  );
  await sumIncoming(services, variantIds);
}

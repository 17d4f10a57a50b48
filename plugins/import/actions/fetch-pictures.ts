import type { Cradle, Id, MediaFile, Product, RunningJob } from 'kontor/sdk';
import { keyOf } from '../services/differences.ts';

type Needs = Pick<Cradle, 'catalog' | 'database' | 'media' | 'stores'>;
type Job = Pick<RunningJob<{ runId: Id }>, 'payload' | 'signal' | 'progress'>;
type Wish = { url: string; alt: string; row: number; variants: string[][] };
type Open = { id: Id; productId: Id; wanted: Wish[] };
type Fault = { row: number; code: string; message: string; value: string };

/**
 * Fetches the pictures that a run asked for, product by product, and puts them in place in the order of the file. An address
 * that gives none is a fault of its row; the product keeps the pictures it has.
 */
export async function fetchPictures(job: Job, services: Needs): Promise<void> {
  const { runId } = job.payload;
  for (let count = 0; !job.signal.aborted; count += 1) {
    const open = await nextOpen(services, runId);
    if (!open) return;
    const faults: Fault[] = [];
    const here = await picturesHere(services, open.wanted);
    for (const wish of open.wanted) {
      if (here.has(wish.url)) continue;
      const added = await services.media.addFromUrl({
        url: wish.url,
        folder: 'products',
        ...(wish.alt && { alt: { [services.stores.current().locale]: wish.alt } }),
      });
      if (added.ok) here.set(wish.url, added.value.id);
      else faults.push(faultOf(wish, added.refusal));
      if (added.ok) await remember(services, wish.url, added.value);
    }
    await putInPlace(services, { runId, open, here, faults });
    await job.progress(Math.min(99, count), open.wanted[0]?.url ?? '');
  }
}

async function nextOpen({ database, stores }: Needs, runId: Id): Promise<Open | undefined> {
  const [row] = await database.query<Open>(
    `select id, product_id as "productId", wanted from import.pictures
     where store_id = $1 and run_id = $2 and not is_done order by id limit 1`,
    [stores.current().id, runId],
  );
  return row;
}

async function picturesHere({ database, stores }: Needs, wanted: readonly Wish[]): Promise<Map<string, Id>> {
  const rows = await database.query<{ url: string; mediaId: Id }>(
    'select url, media_id as "mediaId" from import.fetched where store_id = $1 and url = any($2)',
    [stores.current().id, wanted.map(({ url }) => url)],
  );
  return new Map(rows.map(({ url, mediaId }) => [url, mediaId]));
}

/** The next file with this address needs not fetch it again. */
async function remember({ database, stores }: Needs, url: string, { id }: MediaFile): Promise<void> {
  await database.query(
    `insert into import.fetched (store_id, url, media_id) values ($1, $2, $3)
     on conflict (store_id, url) do update set media_id = excluded.media_id`,
    [stores.current().id, url, id],
  );
}

async function putInPlace(
  { catalog, database, stores }: Needs,
  input: { runId: Id; open: Open; here: ReadonlyMap<string, Id>; faults: readonly Fault[] },
): Promise<void> {
  const { runId, open, here, faults } = input;
  const storeId = stores.current().id;
  await database.transaction(async () => {
    const product = await catalog.product(open.productId);
    const pictureIds = open.wanted.flatMap(({ url }) => here.get(url) ?? []);
    if (product && pictureIds.length > 0) {
      const variants = product.variants.map(({ title: _, position: __, ...variant }) => {
        const own = open.wanted.find((wish) =>
          wish.variants.some((options) => keyOf(options) === keyOf(variant.options)),
        );
        const pictureId = own && here.get(own.url);
        return pictureId === undefined ? variant : { ...variant, pictureId };
      });
      const updated = await catalog.update(open.productId, { pictureIds, variants });
      if (updated.ok) await noteVersion({ database, stores }, runId, updated.value);
    }
    await database.query('update import.pictures set is_done = true where store_id = $1 and id = $2', [
      storeId,
      open.id,
    ]);
    await database.query(
      `update import.runs set pictures_fetched = pictures_fetched + $3 where store_id = $1 and id = $2`,
      [storeId, runId, pictureIds.length],
    );
    if (faults.length > 0) {
      await database.query(
        `insert into import.faults (store_id, run_id, record, field, code, message, value)
         select $1, $2, row, 'picture', code, message, value
         from jsonb_to_recordset($3) as fault (row int, code text, message text, value text)
         on conflict do nothing`,
        [storeId, runId, JSON.stringify(faults)],
      );
    }
  });
}

/** The run's own change: undoing takes the product as untouched. */
async function noteVersion(
  { database, stores }: Pick<Needs, 'database' | 'stores'>,
  runId: Id,
  { handle, version }: Product,
): Promise<void> {
  await database.query(
    'update import.items set version = $4 where store_id = $1 and run_id = $2 and handle = $3',
    [stores.current().id, runId, handle, version],
  );
}

function faultOf({ url, row }: Wish, refusal: string): Fault {
  const why: Readonly<Record<string, string>> = {
    unreachable: 'nothing answers there',
    badAddress: 'that is no address of the open internet',
    tooLarge: 'the file is too large',
    unsupportedType: 'that is no picture we know',
    brokenFile: 'the picture is broken',
  };
  return {
    row,
    code: refusal,
    message: `No picture could be fetched: ${why[refusal] ?? refusal}`,
    value: url,
  };
}

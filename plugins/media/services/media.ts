import type { Cradle, Id, Media, Picture } from 'kontor/sdk';
import { addFile } from '../actions/add-file.ts';
import { addFromUrl } from '../actions/add-from-url.ts';
import { removeFile } from '../actions/remove-file.ts';
import { COLUMNS, type FileRow, keyIn, pathOf, shown } from '../models/file.ts';
import { createOpen } from './open.ts';
import { createRenditions } from './renditions.ts';
import { createTurns } from './turns.ts';

const AT_ONCE = 2; // pictures worked on by one process; each takes one core
const WAITING = 200; // beyond, a visitor gets the picture as it is

/** Files of the current store. */
export function createMedia(services: Cradle): Media {
  const { database, stores } = services;
  const turns = createTurns({ atOnce: AT_ONCE, waiting: WAITING });
  const rendition = createRenditions({ turns, stores });

  return {
    add: (input) => addFile(input, { services, turns }),
    addFromUrl: (input) => addFromUrl(input, { services, turns }),
    open: createOpen({ services, rendition }),
    remove: (id) => removeFile(id, services),

    async pictures(ids) {
      const rows = await database.read<FileRow>(
        'pictures',
        `select ${COLUMNS} from media.files
         where store_id = $1 and id = any($2::bigint[]) and kind = 'image'`,
        [stores.current().id, ids],
      );
      const byId = new Map(rows.map((row) => [row.id, pictureOf(row)]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },

    async byPaths(paths) {
      const keys = new Map(paths.map((path) => [path, keyIn(path)]));
      const rows = await database.query<{ id: Id; key: string }>(
        'select id, key from media.files where store_id = $1 and key = any($2::text[])',
        [stores.current().id, [...keys.values()].filter((key) => key !== undefined)],
      );
      const ids = new Map(rows.map(({ key, id }) => [key, id]));
      const found = [...keys].map(([path, key]) => [path, key && ids.get(key)] as const);
      return new Map(found.filter((entry): entry is [string, Id] => typeof entry[1] === 'number'));
    },

    async find(id) {
      const [row] = await database.query<FileRow>(
        `select ${COLUMNS} from media.files where store_id = $1 and id = $2`,
        [stores.current().id, id],
      );
      return row && shown(row);
    },
  };
}

function pictureOf({ id, key, name, width, height, alt, focalX: x, focalY: y }: FileRow): Picture {
  const size = { width: width ?? 0, height: height ?? 0 };
  return { mediaId: id, path: pathOf(key, name), ...size, alt, focalPoint: { x, y } };
}

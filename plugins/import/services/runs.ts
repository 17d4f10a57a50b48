import type { Cradle, Id, ImportRun, Imports, ImportState } from 'kontor/sdk';

type Row = Omit<ImportRun, 'percent' | 'records' | 'pictures'> & {
  record: number;
  position: number;
  picturesWanted: number;
  picturesFetched: number;
};

/** Where a run stands: what a job needs to go on with it. */
export type Standing = {
  id: Id;
  state: ImportState;
  format: ImportRun['format'];
  isDryRun: boolean;
  mapping: Readonly<Record<string, string>>;
  bytes: number;
  position: number;
  record: number;
  header: readonly string[] | null;
  delimiter: string | null;
};

const SHOWN = `id, format, file_name as "fileName", is_dry_run as "isDryRun", state, bytes, position, record, created, updated,
  unchanged, failed, pictures_wanted as "picturesWanted", pictures_fetched as "picturesFetched", error,
  job_id as "jobId", created_at as "createdAt", finished_at as "finishedAt"`;

/** The rows of runs, in the current store. */
export function createRuns({ clock, database, stores }: Pick<Cradle, 'clock' | 'database' | 'stores'>) {
  const storeId = () => stores.current().id;

  return {
    async find(id) {
      const sql = `select ${SHOWN} from import.runs where store_id = $1 and id = $2`;
      const [row] = await database.query<Row>(sql, [storeId(), id]);
      return row && shown(row);
    },
    async list({ limit = 25, after } = {}) {
      const rows = await database.query<Row>(
        `select ${SHOWN} from import.runs where store_id = $1 and ($2::bigint is null or id < $2)
         order by id desc limit $3`,
        [storeId(), after ?? null, Math.min(limit, 100)],
      );
      return rows.map(shown);
    },
    async create(input: {
      fileName: string;
      isDryRun: boolean;
      mapping?: Record<string, string>;
    }): Promise<Id> {
      const [row] = await database.query<{ id: Id }>(
        `insert into import.runs (store_id, file_name, is_dry_run, state, mapping, created_at)
         values ($1, $2, $3, 'uploading', $4, $5) returning id`,
        [storeId(), input.fileName, input.isDryRun, JSON.stringify(input.mapping ?? {}), clock.now()],
      );
      return row!.id;
    },
    async standing(id: Id): Promise<Standing | undefined> {
      const [row] = await database.query<Standing>(
        `select id, state, format, is_dry_run as "isDryRun", mapping, bytes, position, record, header, delimiter
         from import.runs where store_id = $1 and id = $2`,
        [storeId(), id],
      );
      return row;
    },
    /**
     * Moves a run on from one of some states, and sets what goes with it.
     *
     * @returns false when it is in none of them any more
     */
    async move(
      id: Id,
      { from, to, set = {} }: { from: readonly ImportState[]; to: ImportState; set?: Changeable },
    ): Promise<boolean> {
      const isOver = ['done', 'failed', 'cancelled', 'undone'].includes(to);
      const rows = await database.query(
        `update import.runs set state = $4, error = $5, job_id = coalesce($6, job_id), format = coalesce($7, format),
           mapping = coalesce($8, mapping), finished_at = $9
         where store_id = $1 and id = $2 and state = any($3) returning id`,
        [
          ...[storeId(), id, from, to, set.error ?? null, set.jobId ?? null, set.format ?? null],
          set.mapping ? JSON.stringify(set.mapping) : null,
          isOver ? clock.now() : null,
        ],
      );
      return rows.length > 0;
    },
    async remove(id: Id): Promise<void> {
      await database.query('delete from import.runs where store_id = $1 and id = $2', [storeId(), id]);
    },
  } satisfies Imports & Record<string, unknown>;
}

export type Runs = ReturnType<typeof createRuns>;
type Changeable = {
  error?: string;
  jobId?: string;
  format?: ImportRun['format'];
  mapping?: Readonly<Record<string, string>>;
};

function shown({ position, record, picturesWanted, picturesFetched, ...row }: Row): ImportRun {
  const percent = row.bytes > 0 ? Math.floor((100 * position) / row.bytes) : 0;
  return {
    ...row,
    records: record,
    percent: row.state === 'done' ? 100 : percent,
    pictures: { wanted: picturesWanted, fetched: picturesFetched },
  };
}

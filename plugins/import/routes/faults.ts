import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { type Cradle, type Id, refused, route, Type } from 'kontor/sdk';
import { safeCell } from '../formats/cells.ts';
import { byId, READ, refusals } from './shared.ts';

type Fault = { id: Id; row: number; field: string; code: string; message: string; value: string };

const TOGETHER = 1000;

export const listFaults = route({
  method: 'GET',
  path: '/imports/:id/faults',
  surface: 'store',
  access: READ,
  summary: 'What was wrong with which row, in the order of the file',
  params: byId,
  query: Type.Object({
    cursor: Type.Optional(Type.String({ pattern: '^\\d+-\\d+$' })),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  }),
  refusals,
  async handler({ params, query }, services) {
    if (!(await services.imports.find(params.id))) return refused('notFound');
    const faults = await faultsAfter(services, { runId: params.id, ...query });
    const items = faults.map(({ id: _, ...fault }) => fault);
    return { items, next: faults.length === query.limit ? cursorOf(faults.at(-1)!) : null };
  },
});

export const faultsCsv = route({
  method: 'GET',
  path: '/imports/:id/faults.csv',
  surface: 'store',
  access: READ,
  summary: 'The same as a file for a spreadsheet',
  params: byId,
  refusals,
  async handler({ params, reply }, services) {
    const run = await services.imports.find(params.id);
    if (!run) return refused('notFound');
    reply.type('text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="import-${params.id}-faults.csv"`);
    return Readable.from(lines(services, params.id));
  },
});

async function* lines(services: Pick<Cradle, 'database' | 'stores'>, runId: Id): AsyncGenerator<string> {
  yield stringify([['row', 'column', 'code', 'message', 'value']]);
  for (let cursor = '0-0'; ; ) {
    const faults = await faultsAfter(services, { runId, cursor, limit: TOGETHER });
    if (faults.length === 0) return;
    yield stringify(
      faults.map(({ row, field, code, message, value }) => [row, field, code, message, safeCell(value)]),
    );
    cursor = cursorOf(faults.at(-1)!);
  }
}

function faultsAfter(
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
  { runId, cursor = '0-0', limit }: { runId: Id; cursor?: string; limit: number },
): Promise<Fault[]> {
  const [row, id] = cursor.split('-').map(Number);
  return database.query<Fault>(
    `select id, record as row, field, code, message, value from import.faults
     where store_id = $1 and run_id = $2 and (record, id) > ($3, $4) order by record, id limit $5`,
    [stores.current().id, runId, row, id, limit],
  );
}

function cursorOf({ row, id }: Fault): string {
  return `${row}-${id}`;
}

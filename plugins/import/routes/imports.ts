import { type Cradle, type Id, type ImportState, ok, refused, route, Type } from 'kontor/sdk';
import { startRun } from '../actions/start-run.ts';
import { headingOf, layoutOf } from '../formats/fields.ts';
import { createFile } from '../services/file.ts';
import { readHeading, readRecords } from '../services/records.ts';
import { createRuns } from '../services/runs.ts';
import { byId, READ, refusals, RUN } from './shared.ts';

const LARGEST = 2_147_483_648; // bytes
const ENDED: readonly ImportState[] = ['done', 'cancelled', 'failed'];
const fileName = Type.String({ minLength: 1, maxLength: 200 });
const mapping = Type.Record(Type.String(), Type.String(), {
  description: 'field to the heading it stands under',
});

export const uploadImport = route({
  method: 'POST',
  path: '/imports',
  surface: 'store',
  access: RUN,
  summary: 'Takes a CSV file in as the body, and starts; `start=false` waits for a mapping',
  query: Type.Object({
    fileName,
    isDryRun: Type.Boolean({ default: false }),
    start: Type.Boolean({ default: true }),
  }),
  bodyStream: true,
  bodyLimit: LARGEST,
  refusals,
  async handler({ query, stream, reply }, services) {
    const runs = createRuns(services);
    const id = await runs.create(query);
    const kept = await createFile(services).append(id, { stream, offset: 0, isWhole: query.start });
    if (!kept.ok) {
      await runs.remove(id);
      return kept;
    }
    if (query.start) await startRun(services, id, ['uploading']);
    reply.status(201);
    return runs.find(id);
  },
});

export const continueUpload = route({
  method: 'PUT',
  path: '/imports/:id/file',
  surface: 'store',
  access: RUN,
  summary: 'Goes on with an upload that broke, from `bytes` of the run on',
  params: byId,
  query: Type.Object({ offset: Type.Integer({ minimum: 0 }) }),
  bodyStream: true,
  bodyLimit: LARGEST,
  refusals,
  async handler({ params, query, stream }, services) {
    const runs = createRuns(services);
    const run = await runs.find(params.id);
    if (!run) return refused('notFound');
    if (run.state !== 'uploading') return refused('wrongState', { state: run.state });
    const kept = await createFile(services).append(params.id, {
      stream,
      offset: query.offset,
      isWhole: false,
    });
    return kept.ok ? runs.find(params.id) : kept;
  },
});

export const importFromAddress = route({
  method: 'POST',
  path: '/imports/from-address',
  surface: 'store',
  access: RUN,
  summary: 'Fetches a CSV file from an address, and starts',
  body: Type.Object({
    url: Type.String({ minLength: 1, maxLength: 2000 }),
    isDryRun: Type.Boolean({ default: false }),
  }),
  async handler({ body: { url, isDryRun }, reply }, services) {
    const { database, jobs, webClient } = services;
    if (!webClient) return refused('noWebClient');
    const runs = createRuns(services);
    const name = url.split('/').at(-1)?.slice(0, 200) || 'file.csv';
    const id = await database.transaction(async () => {
      const runId = await runs.create({ fileName: name, isDryRun });
      const jobId = await jobs.send('import.fetch-file', { runId, url });
      await runs.move(runId, { from: ['uploading'], to: 'uploading', set: { jobId } });
      return runId;
    });
    reply.status(202);
    return runs.find(id);
  },
});

export const listImports = route({
  method: 'GET',
  path: '/imports',
  surface: 'store',
  access: READ,
  summary: 'Imports, newest first',
  query: Type.Object({
    cursor: Type.Optional(Type.Integer({ minimum: 1 })),
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 25 }),
  }),
  async handler({ query: { cursor, limit } }, { imports }) {
    const items = await imports.list({ limit, ...(cursor !== undefined && { after: cursor }) });
    return { items, next: items.length === limit ? items.at(-1)!.id : null };
  },
});

export const findImport = route({
  method: 'GET',
  path: '/imports/:id',
  surface: 'store',
  access: READ,
  summary: 'An import, and how far it is',
  params: byId,
  refusals,
  handler: async ({ params }, { imports }) => (await imports.find(params.id)) ?? refused('notFound'),
});

export const previewImport = route({
  method: 'GET',
  path: '/imports/:id/preview',
  surface: 'store',
  access: READ,
  summary: 'What the columns of the file are taken for, and its first rows',
  params: byId,
  refusals,
  async handler({ params }, services) {
    const standing = await createRuns(services).standing(params.id);
    if (!standing) return refused('notFound');
    const { bytes, mapping } = standing;
    for await (const piece of createFile(services).read(params.id, { from: 0, until: bytes })) {
      const heading = readHeading(piece);
      if (!heading) break;
      const { columns, delimiter, end } = heading;
      const layout = layoutOf(columns, mapping);
      return {
        format: layout.format,
        delimiter,
        columns: columns.map((name, index) => ({
          name,
          field: [...layout.columns].find(([, at]) => at === index)?.[0] ?? null,
        })),
        ignored: layout.ignored,
        missing: layout.missing.map((field) => ({
          field,
          heading: headingOf(field, layout.format) ?? field,
        })),
        rows: await firstRows(piece.subarray(end), { delimiter, width: columns.length }),
      };
    }
    return refused('noHeading');
  },
});

async function firstRows(
  start: Buffer,
  { delimiter, width }: { delimiter: string; width: number },
): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  const pieces = (async function* () {
    yield start;
  })();
  try {
    for await (const { cells } of readRecords(pieces, { from: 0, number: 0, delimiter, width })) {
      rows.push(cells.map((cell) => cell.slice(0, 200)));
      if (rows.length === 5) break;
    }
  } catch {
    // The piece ends in the middle of a record; what was read before it is enough to look at.
  }
  return rows;
}

export const startImport = route({
  method: 'POST',
  path: '/imports/:id/start',
  surface: 'store',
  access: RUN,
  summary: 'Starts an import whose file is there, with a mapping of columns',
  params: byId,
  body: Type.Object({ mapping: Type.Optional(mapping) }),
  refusals,
  async handler({ params, body }, services) {
    const runs = createRuns(services);
    const set = body.mapping ? { mapping: body.mapping } : {};
    await runs.move(params.id, { from: ['uploading'], to: 'uploading', set });
    return begun(services, params.id, ['uploading']);
  },
});

export const cancelImport = route({
  method: 'POST',
  path: '/imports/:id/cancel',
  surface: 'store',
  access: RUN,
  summary: 'Stops an import behind what it has brought; it can be resumed or undone',
  params: byId,
  refusals,
  async handler({ params }, services) {
    const run = await services.imports.find(params.id);
    if (!run) return refused('notFound');
    if (!['waiting', 'running'].includes(run.state) || run.jobId === null) {
      return refused('wrongState', { state: run.state });
    }
    await services.jobs.cancel(run.jobId);
    // One that has not begun, or whose process is gone, has nobody to note it.
    await createRuns(services).move(params.id, { from: ['waiting', 'running'], to: 'cancelled' });
    return services.imports.find(params.id);
  },
});

export const resumeImport = route({
  method: 'POST',
  path: '/imports/:id/resume',
  surface: 'store',
  access: RUN,
  summary: 'Goes on with an import that was cancelled or failed, where it stands',
  params: byId,
  refusals,
  handler: ({ params }, services) => begun(services, params.id, ['cancelled', 'failed']),
});

export const undoRun = route({
  method: 'POST',
  path: '/imports/:id/undo',
  surface: 'store',
  access: RUN,
  summary: 'Takes an import back: what it made goes, what it changed is as it was',
  params: byId,
  refusals,
  async handler({ params, reply }, services) {
    const run = await services.imports.find(params.id);
    if (!run) return refused('notFound');
    if (!ENDED.includes(run.state) || run.isDryRun) return refused('wrongState', { state: run.state });
    const jobId = await services.jobs.send('import.undo', { runId: params.id }, { key: String(params.id) });
    reply.status(202);
    return { jobId };
  },
});

export const removeImport = route({
  method: 'DELETE',
  path: '/imports/:id',
  surface: 'store',
  access: RUN,
  summary: 'Forgets an import and its file; what it brought stays, and cannot be undone any more',
  params: byId,
  refusals,
  async handler({ params }, services) {
    const run = await services.imports.find(params.id);
    if (!run) return refused('notFound');
    if (['waiting', 'running'].includes(run.state)) return refused('wrongState', { state: run.state });
    await createRuns(services).remove(params.id);
    return ok();
  },
});

async function begun(services: Cradle, id: Id, from: readonly ImportState[]) {
  const started = await startRun(services, id, from);
  return started.ok ? services.imports.find(id) : started;
}

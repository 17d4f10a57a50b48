import { type Cradle, type Id, type JobDefinition, Type } from 'kontor/sdk';
import { fetchFile } from '../actions/fetch-file.ts';
import { fetchPictures } from '../actions/fetch-pictures.ts';
import { runImport } from '../actions/run-import.ts';
import { undoImport } from '../actions/undo-import.ts';

const HOURS = 3_600; // seconds
const runPayload = Type.Object({ runId: Type.Integer() });

/** One import of a store at a time: two files with the same product would take turns on it. */
export const run: JobDefinition<{ runId: Id }> = {
  payload: runPayload,
  perStore: 1,
  timeLimit: 12 * HOURS,
  retries: 5,
  handler: (job, services: Cradle) => runImport(job, services),
};

export const fetchRunFile: JobDefinition<{ runId: Id; url: string }> = {
  payload: Type.Object({ runId: Type.Integer(), url: Type.String() }),
  perStore: 1,
  timeLimit: HOURS,
  retries: 0,
  handler: (job, services: Cradle) => fetchFile(job, services),
};

export const fetchRunPictures: JobDefinition<{ runId: Id }> = {
  payload: runPayload,
  perStore: 1,
  timeLimit: 12 * HOURS,
  handler: (job, services: Cradle) => fetchPictures(job, services),
};

export const undo: JobDefinition<{ runId: Id }> = {
  payload: runPayload,
  perStore: 1,
  timeLimit: 12 * HOURS,
  handler: (job, services: Cradle) => undoImport(job, services),
};

import { definePlugin, defineRoutes } from 'kontor/sdk';
import { fetchRunFile, fetchRunPictures, run, undo } from './jobs/index.ts';
import { exportCsv } from './routes/exports.ts';
import { listFaults, faultsCsv } from './routes/faults.ts';
import {
  cancelImport,
  continueUpload,
  findImport,
  importFromAddress,
  listImports,
  previewImport,
  removeImport,
  resumeImport,
  startImport,
  undoRun,
  uploadImport,
} from './routes/imports.ts';
import { createRuns } from './services/runs.ts';

export default definePlugin({
  services: {
    imports(services) {
      const { find, list } = createRuns(services);
      return { find, list };
    },
  },
  routes: defineRoutes([
    uploadImport,
    continueUpload,
    importFromAddress,
    listImports,
    findImport,
    previewImport,
    startImport,
    cancelImport,
    resumeImport,
    undoRun,
    removeImport,
    listFaults,
    faultsCsv,
    exportCsv,
  ]),
  jobs: {
    'import.run': run,
    'import.fetch-file': fetchRunFile,
    'import.fetch-pictures': fetchRunPictures,
    'import.undo': undo,
  },
});

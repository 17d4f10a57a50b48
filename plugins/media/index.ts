import { definePlugin, defineRoutes, Type } from 'kontor/sdk';
import './contract.ts';
import { removeObjects } from './jobs/remove-objects.ts';
import { listFolders, moveFiles, renameMediaFolder } from './routes/folders.ts';
import { changeMedia, listMedia, readMedia, removeMedia } from './routes/library.ts';
import { showMedia, showMediaToTeam } from './routes/show.ts';
import { addMediaFromUrl, uploadMedia } from './routes/upload.ts';
import { dropLeftovers } from './services/spool.ts';
import { createMedia } from './services/media.ts';

const mediaId = { payload: Type.Object({ mediaId: Type.Integer() }) };

export default definePlugin({
  services: { media: (services) => createMedia(services) },
  declares: {
    events: { 'media.changed': mediaId, 'media.removed': mediaId },
    points: { mediaUsages: {} },
  },
  jobs: { 'media.remove-objects': removeObjects },
  routes: defineRoutes([
    listMedia,
    readMedia,
    changeMedia,
    removeMedia,
    uploadMedia,
    addMediaFromUrl,
    listFolders,
    renameMediaFolder,
    moveFiles,
    showMediaToTeam,
    showMedia,
  ]),
  start: dropLeftovers,
});

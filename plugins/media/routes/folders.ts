import { route, Type } from 'kontor/sdk';
import { foldersOf, moveToFolder, renameFolder } from '../actions/folders.ts';
import { folder, id, toRead, toWrite } from './schemas.ts';

export const listFolders = route({
  ...toRead,
  method: 'GET',
  path: '/media/folders',
  summary: 'Folders, with how many files are right in each',
  handler: async (_, services) => ({ items: await foldersOf(services), next: null }),
});

export const renameMediaFolder = route({
  ...toWrite,
  method: 'POST',
  path: '/media/folders/rename',
  summary: 'Gives a folder, and all in it, another place',
  body: Type.Object({ from: Type.String({ minLength: 1, maxLength: 200 }), to: folder }),
  handler: async ({ body }, services) => ({ files: await renameFolder(body, services) }),
});

export const moveFiles = route({
  ...toWrite,
  method: 'POST',
  path: '/media/move',
  summary: 'Puts files into a folder',
  body: Type.Object({ ids: Type.Array(id, { minItems: 1, maxItems: 200 }), folder }),
  handler: async ({ body }, services) => ({ ids: await moveToFolder(body, services) }),
});

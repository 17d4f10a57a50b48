import { documentRoutes } from './documents.ts';
import { fileRoutes } from './files.ts';
import { libraryRoutes } from './library.ts';
import { previewTheme } from './preview.ts';
import { versionRoutes } from './versions.ts';

export const themeRoutes = [
  ...libraryRoutes,
  ...versionRoutes,
  ...fileRoutes,
  ...documentRoutes,
  previewTheme,
];

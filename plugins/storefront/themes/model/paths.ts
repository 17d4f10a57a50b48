/** What a file of a theme is for, by where it lies. */
export type FileKind =
  | 'layout'
  | 'template'
  | 'section'
  | 'group'
  | 'block'
  | 'snippet'
  | 'asset'
  | 'settingsSchema'
  | 'settingsData'
  | 'locale'
  | 'schemaLocale';

/** Folders that a theme may have; anything else beside them is no part of it. */
export const FOLDERS: readonly string[] = [
  'assets',
  'blocks',
  'config',
  'layout',
  'locales',
  'sections',
  'snippets',
  'templates',
];

const NAME = '[\\w.@-]+(?: [\\w.@-]+)*';
const KINDS: readonly (readonly [FileKind, RegExp])[] = [
  ['layout', new RegExp(`^layout/${NAME}\\.liquid$`)],
  ['template', new RegExp(`^templates/(?:customers/|metaobject/)?${NAME}\\.(?:json|liquid)$`)],
  ['section', new RegExp(`^sections/${NAME}\\.liquid$`)],
  ['group', new RegExp(`^sections/${NAME}\\.json$`)],
  ['block', new RegExp(`^blocks/${NAME}\\.liquid$`)],
  ['snippet', new RegExp(`^snippets/${NAME}\\.liquid$`)],
  ['settingsSchema', /^config\/settings_schema\.json$/],
  ['settingsData', /^config\/settings_data\.json$/],
  ['schemaLocale', new RegExp(`^locales/${NAME}\\.schema\\.json$`)],
  ['locale', new RegExp(`^locales/${NAME}\\.json$`)],
  ['asset', /^assets\/[^/\\]+$/],
];

/** undefined for what is no part of a theme. */
export function kindOf(path: string): FileKind | undefined {
  if (path.length > 200 || !path.isWellFormed() || /\p{Cc}/u.test(path)) return undefined;
  return KINDS.find(([, pattern]) => pattern.test(path))?.[0];
}

/** Whether it is read as text; an asset is when its ending says so. */
export function isTextPath(path: string): boolean {
  return !path.startsWith('assets/') || TEXT.test(path);
}

/** Whether its text is a Liquid template. */
export const isLiquid = (path: string): boolean => path.endsWith('.liquid');

/** What the browser is told; what could be opened as a page of the store's own is plain text. */
export function contentTypeOf(path: string): string {
  const bare = path.replace(/\.liquid$/, '');
  const ending = /\.([a-z0-9]+)$/i.exec(bare)?.[1]?.toLowerCase() ?? '';
  return TYPES[ending] ?? 'application/octet-stream';
}

const TEXT = /\.(?:css|scss|js|mjs|json|map|svg|txt|md|html?|xml|liquid|webmanifest|graphql)$/i;
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  scss: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  webmanifest: 'application/manifest+json',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  md: 'text/plain; charset=utf-8',
  htm: 'text/plain; charset=utf-8',
  html: 'text/plain; charset=utf-8',
  xml: 'text/plain; charset=utf-8',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  ico: 'image/x-icon',
  woff: 'font/woff',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  otf: 'font/otf',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  pdf: 'application/pdf',
  glb: 'model/gltf-binary',
};

import { type Cradle, refused, type Route, route, type RouteReply, type ThemeTree, Type } from 'kontor/sdk';
import { forVisitors } from '../../routes/shared.ts';
import { assetHash, assetPath, BUNDLES } from '../assets.ts';
import { settingsDrop } from '../drops/settings.ts';
import type { ThemeCode } from '../code/theme-code.ts';
import { type Asking, themeOf } from '../pages/open-page.ts';
import type { Page } from '../page.ts';
import { rendererOf } from '../renderer.ts';

const YEAR = 31_536_000; // seconds

/** Files of a theme, by addresses that change with them. */
export const assetRoutes: readonly Route[] = [
  route({
    ...forVisitors,
    path: '/cdn/shop/t/:theme/assets/:name',
    summary: 'A file of the theme',
    params: Type.Object({ theme: Type.String({ maxLength: 40 }), name: Type.String({ maxLength: 200 }) }),
    query: Type.Object({ v: Type.Optional(Type.String({ maxLength: 64 })) }),
    refusals: { notFound: 404 },
    async handler(request, services) {
      const { params, query, reply } = request;
      const asking = request as unknown as Asking;
      for (const tree of await treesOf(asking, services, params.theme)) {
        const code = rendererOf(services).codes(tree.tree);
        const found = await contentOf(code, params.name, asking, services);
        if (!found) continue;
        const isExact = found.hash === query.v;
        // Of another version than the one that is live only what a page has named, hash and all.
        if (!isExact && !tree.isLive) continue;
        return send(reply, { ...found, name: params.name, isExact });
      }
      return refused('notFound');
    },
  }),
];

async function treesOf(
  request: Asking,
  services: Cradle,
  theme: string,
): Promise<{ tree: ThemeTree; isLive: boolean }[]> {
  const live = await themeOf(request, services);
  const [, id, number] = /^(\d{1,15})-(\d{1,9})$/.exec(theme) ?? [];
  const isSame =
    live &&
    String(live.themeId ?? 0) === (id ?? theme) &&
    (id === undefined || live.number === Number(number));
  const named = id && !isSame ? await services.themes.open(Number(id), Number(number)) : undefined;
  return [
    ...(named ? [{ tree: named, isLive: false }] : []),
    ...(live ? [{ tree: live, isLive: true }] : []),
  ];
}

async function contentOf(
  code: ThemeCode,
  name: string,
  request: Asking,
  services: Cradle,
): Promise<{ content: string | Buffer; hash: string } | undefined> {
  if (name === BUNDLES.stylesheet || name === BUNDLES.javascript) {
    const bundle = code.bundle(name === BUNDLES.stylesheet ? 'stylesheet' : 'javascript');
    return bundle && { content: bundle.text, hash: bundle.hash };
  }
  const path = assetPath(code, name);
  if (path === undefined) return undefined;
  const hash = assetHash(code, path);
  if (path.endsWith('.liquid')) return { content: rendered(code, path, request, services), hash };
  const content = await code.tree.content(path);
  return content === undefined ? undefined : { content, hash };
}

/** A style sheet or a script with the settings of the theme filled in; nothing else of the page is known there. */
function rendered(code: ThemeCode, path: string, { store }: Asking, { liquid, clock }: Cradle): string {
  const { engine } = rendererOf({ liquid });
  const page = {
    code,
    engine,
    values: liquid.values,
    store,
    locale: store.locale,
    now: clock.now(),
    fuel: engine.fuel(),
    pass: { globals: { liquidGet: () => undefined } },
    wants: { get: () => null },
  } as unknown as Page;
  const settings = settingsDrop(page, { definitions: code.schema.settings, values: code.settings.values });
  return engine.render(code.template(path)!, {
    globals: { settings },
    registers: { page },
    fuel: page.fuel,
    locale: store.locale,
    timeZone: store.timeZone,
  }).text;
}

function send(
  reply: RouteReply,
  { content, name, isExact }: { content: string | Buffer; name: string; isExact: boolean },
): string | Buffer {
  const end = name.toLowerCase().split('.').at(-1) ?? '';
  reply
    .type(Object.hasOwn(TYPES, end) ? TYPES[end]! : 'application/octet-stream')
    .header('cache-control', isExact ? `public, max-age=${YEAR}, immutable` : 'public, max-age=60')
    .header('x-content-type-options', 'nosniff')
    .header('access-control-allow-origin', '*');
  // A drawing that is opened by itself runs nothing.
  if (end === 'svg' || end === 'html')
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return content;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  scss: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
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
  map: 'application/json; charset=utf-8',
};

import { route, Type } from 'kontor/sdk';

/** Holds the token of the theme that is previewed; ends with the browser, and with the token. */
export const PREVIEW_COOKIE = 'kontor_theme_preview';

/** Where a preview link leads. */
export const previewTheme = route({
  method: 'GET',
  path: '/theme-preview',
  surface: 'storefront',
  access: 'anyone',
  summary: 'Shows the theme of a signed link from now on; without a token, the one of everybody again',
  query: Type.Object({ token: Type.Optional(Type.String({ maxLength: 1000 })) }),
  async handler({ query: { token }, reply }, { themes }) {
    reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
    const isOpen = token !== undefined && (await themes.preview(token)) !== undefined;
    if (isOpen) reply.cookie(PREVIEW_COOKIE, token);
    else reply.clearCookie(PREVIEW_COOKIE);
    reply.redirect('/', 303);
  },
});

import { type Html, html, type RouteReply } from 'kontor/sdk';
import { ASSETS } from './assets.ts';
import { colours } from './colours.ts';
import type { Frame } from './frame.ts';

export type Content = {
  title: string;
  main: Html;
  /** Of the page in the store, without what stands behind a question mark. */
  path: string;
  description?: string;
  /** Nothing that a search engine should keep. */
  isHidden?: boolean;
};

/** Nothing is shown in halves: what comes a moment later would push aside what is read already. */
const WHOLE = html`<link rel="expect" href="#main" blocking="render">`;

/** A whole page in the frame of the store, written to the reply. */
export function page(reply: RouteReply, frame: Frame, content: Content): string {
  const { store, locale, origin, settings } = frame;
  const style = colours(settings.accent);
  const policy = `default-src 'none'; script-src 'self'; style-src 'self' ${style.source}; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('cache-control', 'private, no-cache')
    .header('vary', 'accept-language, cookie');
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${content.title === store.name ? store.name : `${content.title} – ${store.name}`}</title>
${content.description ? html`<meta name="description" content="${content.description}">` : ''}
${content.isHidden ? html`<meta name="robots" content="noindex">` : html`<link rel="canonical" href="${origin}${content.path}">`}
<link rel="icon" type="image/svg+xml" href="/favicon.ico">
<link rel="stylesheet" href="${ASSETS.css.address}">
<style>${style.css}</style>
${WHOLE}
<script type="module" src="${ASSETS.js.address}"></script>
</head>
<body>
${header(frame)}
<main id="main" tabindex="-1">${content.main}</main>
${footer(frame, content.path)}
<div class="toast" role="status" data-toast></div>
</body>
</html>`.text;
}

function header({ cart, query, say, store }: Frame): Html {
  const count = cart?.lines.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
  return html`<a class="skip" href="#main">${say('page.skip')}</a>
<header class="top"><div class="inner">
  <a class="brand" href="/">${store.name}</a>
  <nav aria-label="${say('page.menu')}"><ul>
    <li><a href="/collections/all">${say('collection.all')}</a></li>
    <li><a href="/collections">${say('page.collections')}</a></li>
  </ul></nav>
  <form class="find" action="/search" role="search">
    <label class="unseen" for="q">${say('search.label')}</label>
    <input id="q" name="q" type="search" placeholder="${say('search.label')}" maxlength="200" value="${query.q}" autocomplete="off">
    <button>${say('search.go')}</button>
  </form>
  <a class="to-cart" href="/cart" data-swap="cart-link">${say('cart.link', { count })}</a>
</div></header>`;
}

/** Another language shows the same page: what stood behind the question mark stays. */
function footer({ locale, query, say, store }: Frame, path: string): Html {
  const link = (code: string) => `${path}?${new URLSearchParams({ ...query, locale: code })}`;
  return html`<footer class="bottom"><div class="inner">
  <p>${store.name}</p>
  ${
    store.locales.length > 1
      ? html`<nav aria-label="${say('page.languages')}"><ul>${store.locales.map(
          (code) =>
            html`<li><a lang="${code}" hreflang="${code}" href="${link(code)}" rel="nofollow" ${code === locale ? html`aria-current="true"` : ''}>${nameOf(code)}</a></li>`,
        )}</ul></nav>`
      : ''
  }
</div></footer>`;
}

/** As its speakers write it, with a capital as it stands alone. */
function nameOf(locale: string): string {
  const name = new Intl.DisplayNames([locale, 'en'], { type: 'language' }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

import { Html, html, type RouteReply } from 'kontor/sdk';
import { ASSETS } from './assets.ts';
import { colours, type Frame } from './frame.ts';

/** A whole page in the frame of the store, written to the reply. */
export function page(
  reply: RouteReply,
  frame: Frame,
  content: { title: string; main: Html; path: string; description?: string },
): string {
  const { store, locale, say, settings, cart } = frame;
  const style = colours(settings.accent);
  const count = cart?.lines.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
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
<link rel="stylesheet" href="${ASSETS.css.address}">
<style>${new Html(style.css)}</style>
<script type="module" src="${ASSETS.js.address}"></script>
</head>
<body>
<a class="skip" href="#main">${say('page.skip')}</a>
<header class="top">
  <a class="brand" href="/">${store.name}</a>
  <nav aria-label="${say('page.menu')}"><a href="/collections">${say('page.collections')}</a></nav>
  <form class="find" action="/search" role="search">
    <label class="unseen" for="q">${say('search.label')}</label>
    <input id="q" name="q" type="search" placeholder="${say('search.label')}" maxlength="200">
    <button>${say('search.go')}</button>
  </form>
  <a class="to-cart" href="/cart">${say('cart.link', { count })}</a>
</header>
<main id="main" tabindex="-1">${content.main}</main>
<footer class="bottom">
  <p>${store.name}</p>
  <nav aria-label="${say('page.languages')}"><ul>${store.locales.map(
    (code) =>
      html`<li><a lang="${code}" hreflang="${code}" href="${content.path}?locale=${code}" ${code === locale ? html`aria-current="true"` : ''}>${nameOf(code)}</a></li>`,
  )}</ul></nav>
</footer>
</body>
</html>`.text;
}

function nameOf(locale: string): string {
  return new Intl.DisplayNames([locale, 'en'], { type: 'language' }).of(locale) ?? locale;
}

import { hash } from 'node:crypto';
import { html, type Html, type RouteReply } from 'kontor/sdk';
import { ASSETS } from './assets.ts';
import type { Frame } from './view.ts';

/** A whole page in the frame of the store: its name or logo, its colour, its languages. */
export function page(frame: Frame, content: { title: string; main: Html; head?: Html }): string {
  const { speech, store, settings, path } = frame;
  const { say, locale } = speech;
  const { text } = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${content.title} – ${store.name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${ASSETS.css.address}">
<style>${coloursOf(settings.accent)}</style>
<link rel="expect" href="#main" blocking="render">
<script type="module" src="${ASSETS.js.address}"></script>
${content.head ?? ''}
</head>
<body>
<a class="skip" href="#main">${say('page.skip')}</a>
<header class="top"><div class="top-in">
  <a class="brand" href="/">${settings.logo ? html`<img src="${settings.logo}" alt="${store.name}">` : store.name}</a>
  <span class="secure">${say('page.secure')}</span>
</div></header>
<main id="main" tabindex="-1">${content.main}</main>
<footer class="bottom"><div class="bottom-in">
  ${languages(store.locales, { path, locale, label: say('page.languages') })}
  <p>${settings.termsUrl ? html`<a href="${settings.termsUrl}">${say('legal.terms')}</a>` : ''}
  ${settings.privacyUrl ? html`<a href="${settings.privacyUrl}">${say('legal.privacy')}</a>` : ''}</p>
</div></footer>
</body>
</html>`;
  return text;
}

/**
 * Says what a page may load. No word on where forms go: browsers hold redirects against it, and the page of a bank is on a
 * host of its own.
 *
 * @param origins - of a provider's own script, frames and calls, e.g. `https://js.stripe.com`
 * @param inline - the text of a script within the page
 */
export function asPage(
  reply: RouteReply,
  { settings }: Pick<Frame, 'settings'>,
  { origins = [], inline }: { origins?: readonly string[]; inline?: string } = {},
): void {
  const from = (...more: readonly string[]) => ["'self'", ...more, ...origins].join(' ');
  const hashOf = (text: string) => `'sha256-${hash('sha256', text, 'base64')}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${from(...(inline === undefined ? [] : [hashOf(inline)]))}`,
    `style-src 'self' ${hashOf(coloursOf(settings.accent).text)}`,
    `img-src ${from('data:')}`,
    `connect-src ${from()}`,
    ...(origins.length > 0 ? [`frame-src ${origins.join(' ')}`] : []),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy.join('; '))
    .header('cache-control', 'private, no-store')
    .header('referrer-policy', 'same-origin');
}

/** The store's colour, with letters on it that can be read on any. */
function coloursOf(accent: string): Html {
  const colour = /^#[0-9a-f]{6}$/i.test(accent) ? accent : '#1f4d3a';
  return html`:root{--accent:${colour};--on-accent:${isLight(colour) ? '#111' : '#fff'}}`;
}

/** By relative luminance (WCAG 2.1): above 0.179 black stands out more than white. */
function isLight(colour: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! > 0.179;
}

function languages(locales: readonly string[], at: { path: string; locale: string; label: string }): Html {
  if (locales.length < 2) return html``;
  const nameOf = (locale: string) =>
    new Intl.DisplayNames([locale, 'en'], { type: 'language' }).of(locale) ?? locale;
  return html`
    <nav aria-label="${at.label}"><ul class="languages">${locales.map(
      (locale) => html`
      <li><a href="${at.path}?locale=${locale}" lang="${locale}" hreflang="${locale}" ${locale === at.locale ? html`aria-current="true"` : ''}>${nameOf(locale)}</a></li>`,
    )}
    </ul></nav>`;
}

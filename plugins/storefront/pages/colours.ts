import { hash } from 'node:crypto';
import { Html, html } from 'kontor/sdk';

/** The one piece of style that is the store's own, and its hash for the policy of the page. */
export function colours(accent: string): { css: Html; source: string } {
  const css = `:root{--accent:${accent};--on-accent:${onto(accent)}}`;
  return { css: new Html(css), source: `'sha256-${hash('sha256', css, 'base64')}'` };
}

/** A store's first letter on its colour, for the tab of the browser. */
export function iconOf(name: string, accent: string): string {
  const [first = ''] = [...name.trim().toUpperCase()];
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${accent}"/><text x="16" y="23" font-family="Georgia, serif" font-size="20" text-anchor="middle" fill="${onto(accent)}">${first}</text></svg>`
    .text;
}

/** Letters that can be read on a colour, by its relative luminance (WCAG 2.1): above 0.179 black stands out more than white. */
function onto(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! > 0.179 ? '#111' : '#fff';
}

import { html, type Html } from 'kontor/sdk';
import { page } from './layout.ts';
import type { Frame } from './view.ts';

/** A page that says one thing, and where to go on. */
export function messagePage(
  frame: Frame,
  content: { title: string; text: string; link?: { address: string; text: string }; head?: Html },
): string {
  const { title, text, link, head } = content;
  const main = html`
    <div class="message">
      <h1>${title}</h1>
      <p>${text}</p>
      ${link ? html`<p><a class="button" href="${link.address}">${link.text}</a></p>` : ''}
    </div>`;
  return page(frame, { title, main, ...(head && { head }) });
}

import { type Html, html } from 'kontor/sdk';
import type { Frame } from './frame.ts';

type At = { path: string; query?: Readonly<Record<string, string>> };

/** Ways to sort a list, as links: they work with a key, without a script, and can be sent to somebody. */
export function sortLinks(
  { say }: Frame,
  { sorts, chosen, at }: { sorts: readonly string[]; chosen: string; at: At },
): Html {
  return html`<nav class="sorts" aria-label="${say('sort.label')}"><span aria-hidden="true">${say('sort.label')}</span><ul>${sorts.map(
    (sort) =>
      html`<li><a href="${linkTo(at, sort === sorts[0] ? {} : { sort })}" ${sort === chosen ? html`aria-current="true"` : ''}>${say(`sort.${sort}`)}</a></li>`,
  )}</ul></nav>`;
}

/** On to the next page, and from a later one back to the first. */
export function pager(
  { query, say }: Frame,
  { at, sort, next }: { at: At; sort: string | undefined; next: string | null },
): Html {
  const sorted: Readonly<Record<string, string>> = sort === undefined ? {} : { sort };
  if (!next && query.cursor === undefined) return html``;
  return html`<nav class="pager" aria-label="${say('page.pages')}">
    ${query.cursor === undefined ? '' : html`<a href="${linkTo(at, sorted)}">${say('page.first')}</a>`}
    ${next ? html`<a class="button" rel="next" href="${linkTo(at, { ...sorted, cursor: next })}">${say('page.next')}</a>` : ''}
  </nav>`;
}

function linkTo({ path, query = {} }: At, more: Readonly<Record<string, string>>): string {
  const text = String(new URLSearchParams({ ...query, ...more }));
  return text === '' ? path : `${path}?${text}`;
}

import sanitizeHtml from 'sanitize-html';
import { whole } from './texts.ts';

const LONGEST = 512 * 1024; // letters: nobody reads on
const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
const TEXT = [
  'p',
  'br',
  'hr',
  'div',
  'span',
  'blockquote',
  'pre',
  'code',
  'a',
  'img',
  'figure',
  'figcaption',
];
const MARKS = ['b', 'strong', 'i', 'em', 'u', 's', 'del', 'ins', 'small', 'sub', 'sup', 'mark', 'abbr'];
const LISTS = ['ul', 'ol', 'li', 'dl', 'dt', 'dd'];
const TABLES = ['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'];

/** HTML of a merchant, less what could run or reach into the page around it: scripts, styles, forms, frames. */
export function sanitise(html: string): string {
  return sanitizeHtml(whole(html.replaceAll('\u0000', '').slice(0, LONGEST)), {
    allowedTags: [...HEADINGS, ...TEXT, ...MARKS, ...LISTS, ...TABLES],
    allowedAttributes: {
      a: ['href', 'title', 'target', 'rel'],
      img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
      th: ['colspan', 'rowspan', 'scope'],
      td: ['colspan', 'rowspan'],
      abbr: ['title'],
      '*': ['lang', 'dir'],
    },
    allowedSchemes: ['https', 'http', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['https', 'http'] },
    transformTags: {
      // A page that is opened beside ours must not get hold of it.
      a: (tagName, { target, rel, ...others }) => ({
        tagName,
        attribs: target === '_blank' ? { ...others, target, rel: 'noopener' } : others,
      }),
    },
  }).trim();
}

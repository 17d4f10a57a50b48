import sanitizeHtml from 'sanitize-html';
import { whole } from './texts.ts';

const LONGEST = 512 * 1024; // letters: nobody reads on
const TAGS = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'div', 'span', 'blockquote', 'pre', 'code'],
  ...['a', 'img', 'figure', 'figcaption', 'details', 'summary', 'address', 'time', 'cite', 'q'],
  ...['b', 'strong', 'i', 'em', 'u', 's', 'del', 'ins', 'small', 'sub', 'sup', 'mark', 'abbr', 'kbd'],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd'],
  ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
];
/** A place to be filled in may end an address only where it cannot choose what the address does. */
const FILLED = /^(mailto:|tel:|\{\{ ?store\.url ?\}\})/;

/**
 * HTML of a team, less what could run or reach into the page around it: scripts, styles, forms, frames, handlers. Classes and
 * ids are left out too: scripts of a theme find their elements by them.
 */
export function sanitise(html: string): string {
  return sanitizeHtml(whole(html.replaceAll('\u0000', '').slice(0, LONGEST)), {
    allowedTags: TAGS,
    allowedAttributes: {
      a: ['href', 'title', 'target', 'rel'],
      img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
      th: ['colspan', 'rowspan', 'scope'],
      td: ['colspan', 'rowspan'],
      ol: ['start', 'reversed'],
      time: ['datetime'],
      abbr: ['title'],
      details: ['open'],
      '*': ['lang', 'dir'],
    },
    allowedSchemes: ['https', 'http', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['https', 'http'] },
    transformTags: { a: link, img: (tagName, attribs) => ({ tagName, attribs: without(attribs, 'src') }) },
  }).trim();
}

/** A page that is opened beside ours must not get hold of it. */
function link(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const { href = '', target } = attribs;
  const safe = FILLED.test(href) ? attribs : without(attribs, 'href');
  return { tagName, attribs: target === '_blank' ? { ...safe, rel: 'noopener' } : withoutTarget(safe) };
}

function withoutTarget({ target: _, ...attribs }: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  return attribs;
}

function without(attribs: sanitizeHtml.Attributes, name: string): sanitizeHtml.Attributes {
  if (!attribs[name]?.includes('{{')) return attribs;
  const { [name]: _, ...others } = attribs;
  return others;
}

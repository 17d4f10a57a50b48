const INLINE = ['a', 'b', 'br', 'em', 'i', 'span', 'strong', 'u'];
const BLOCK = [...INLINE, 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'ol', 'p', 'ul'];
const VOID = ['br'];

const TAG = /<(\/?)([a-z][a-z0-9]*)([^<>]*)>|</gi;
const SCRIPTS = /(?:^|[\s"'])on\w+\s*=|href\s*=[\s"']*(?:javascript|data|vbscript):/i;

/**
 * What is wrong with a text that the editor shows as formatted: other tags than it knows, or open ones, would break the page
 * around it.
 *
 * @param width - `inline` is a line of text, `block` has paragraphs and lists
 */
export function richTextFault(html: string, width: 'inline' | 'block'): string | undefined {
  const allowed = width === 'inline' ? INLINE : BLOCK;
  const open: string[] = [];
  for (const [whole, slash, name = '', attributes = ''] of html.matchAll(TAG)) {
    const tag = name.toLowerCase();
    if (!allowed.includes(tag))
      return `a text with the tags ${allowed.join(', ')} only, not ${whole.slice(0, 40)}`;
    if (SCRIPTS.test(attributes)) return 'a text without scripts';
    if (VOID.includes(tag)) continue;
    if (!slash) open.push(tag);
    else if (open.pop() !== tag) return `a text whose <${tag}> is opened and closed in turn`;
  }
  return open.length === 0 ? undefined : `a text whose <${open.at(-1)}> is closed`;
}

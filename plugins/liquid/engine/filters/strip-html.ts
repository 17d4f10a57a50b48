// What stands between these is no text either.
const BLOCKS: readonly (readonly [opener: string, closer: RegExp])[] = [
  ['<script', /<\/script>/gi],
  ['<style', /<\/style>/gi],
  ['<!--', /-->/g],
];
const TAG_END = />/g;

/**
 * Takes tags away. In one pass over the text: a closing mark that was not found is not looked for again, so that a text full
 * of opening ones takes no longer.
 */
export function stripHtml(text: string): string {
  const missing = new Set<RegExp>();
  let kept = '';
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    if (open === -1) break;
    kept += text.slice(at, open);
    at = endOf(open) ?? text.length;
  }
  return kept + text.slice(at);

  function endOf(open: number): number | undefined {
    const begins = text.slice(open, open + 7).toLowerCase();
    const block = BLOCKS.find(([opener]) => begins.startsWith(opener));
    return (block && after(block[1], open)) ?? after(TAG_END, open);
  }

  function after(closer: RegExp, from: number): number | undefined {
    if (missing.has(closer)) return undefined;
    closer.lastIndex = from;
    const found = closer.test(text);
    if (!found) missing.add(closer);
    return found ? closer.lastIndex : undefined;
  }
}

// What stands between these is no text either.
const BLOCKS: readonly (readonly [opener: string, closer: string])[] = [
  ['<script', '</script>'],
  ['<style', '</style>'],
  ['<!--', '-->'],
];

/**
 * Takes tags away. In one pass over the text: a closing mark that was not found is not looked for again, so that a text full
 * of opening ones takes no longer.
 */
export function stripHtml(text: string): string {
  const lower = text.toLowerCase();
  const missing = new Set<string>();
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
    const block = BLOCKS.find(([opener]) => lower.startsWith(opener, open));
    return (block && after(block[1], open)) ?? after('>', open);
  }

  function after(closer: string, from: number): number | undefined {
    if (missing.has(closer)) return undefined;
    const found = lower.indexOf(closer, from);
    if (found === -1) missing.add(closer);
    return found === -1 ? undefined : found + closer.length;
  }
}

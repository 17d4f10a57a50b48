const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** @param isOnce - leaves entities that are there as they are */
export function escapeHtml(value: unknown, { isOnce = false } = {}): string {
  const text = value === null || value === undefined ? '' : String(value);
  const special = isOnce ? /&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{0,31});)|[<>"']/gi : /[&<>"']/g;
  return text.replace(special, (letter) => ENTITIES[letter]!);
}

/** @param isHtml - escapes the text first, as the result is HTML */
export function newlineToBr(value: unknown, { isHtml }: { isHtml: boolean }): string {
  const text = isHtml ? escapeHtml(value) : String(value ?? '');
  return text.replace(/\r?\n/g, '<br>\n');
}

/** The first words of a text, by going over it once: no expression that can stall on a megabyte of blanks. */
export function firstWords(text: string, most: number): { found: string[]; isMore: boolean } {
  const found: string[] = [];
  let at = afterBlanks(text, 0);
  while (at < text.length && found.length < most) {
    const from = at;
    while (at < text.length && !isBlank(text, at)) at += 1;
    found.push(text.slice(from, at));
    at = afterBlanks(text, at);
  }
  return { found, isMore: at < text.length };
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text, at)) at += 1;
  return at;
}

const isBlank = (text: string, at: number): boolean => text.charCodeAt(at) <= 32;

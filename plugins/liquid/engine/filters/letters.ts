/** How many letters a text has; those that take two units count once. Goes over it without making a list. */
export function countLetters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at = afterLetter(text, at)) count += 1;
  return count;
}

/** The unit at which a letter begins, or the length of the text. */
export function unitOf(text: string, letter: number): number {
  let at = 0;
  for (let count = 0; count < letter && at < text.length; count++) at = afterLetter(text, at);
  return at;
}

const afterLetter = (text: string, at: number): number => at + (text.codePointAt(at)! > 0xffff ? 2 : 1);

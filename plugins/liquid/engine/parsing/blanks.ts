// As Ruby has it: a space that does not break is no white space, and French themes have many.
const isBlankAt = (text: string, at: number): boolean => text.charCodeAt(at) <= 32;

export function withoutBlanksBefore(text: string): string {
  let at = 0;
  while (at < text.length && isBlankAt(text, at)) at += 1;
  return text.slice(at);
}

export function withoutBlanksAfter(text: string): string {
  let end = text.length;
  while (end > 0 && isBlankAt(text, end - 1)) end -= 1;
  return text.slice(0, end);
}

export function isAllBlank(text: string): boolean {
  return withoutBlanksBefore(text) === '';
}

/** A cell that is not what its column holds: what was wanted. */
export class BadCell extends Error {}

const RUNS = /^'*[=+\-@\t\r]/;

/** Text as a spreadsheet will not run it; a plain number stays what it is. */
export function safeCell(text: string): string {
  return RUNS.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
}

/** Takes back what `safeCell` put before. */
export function plainCell(text: string): string {
  return text.startsWith("'") && RUNS.test(text.slice(1)) ? text.slice(1) : text;
}

/** @returns whole minor units; `12.5` and `12,50` are 1250 where a currency has two digits */
export function amountOf(text: string, digits: number): number {
  const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(text.replaceAll(/[\s'’]/g, ''));
  const fraction = (match?.[2] ?? '').replace(/0+$/, '');
  if (!match || fraction.length > digits) {
    throw new BadCell(`an amount such as ${digits === 0 ? '12' : `12.${'5'.padEnd(digits, '0')}`}`);
  }
  return Number(match[1]) * 10 ** digits + Number(fraction.padEnd(digits, '0') || 0);
}

/** An amount as files have it. */
export function amountText(amount: number, digits: number): string {
  return (amount / 10 ** digits).toFixed(digits);
}

export function wholeOf(text: string): number {
  if (!/^-?\d{1,9}(\.0+)?$/.test(text)) throw new BadCell('a whole number');
  return Number(text);
}

export function yesNoOf(text: string): boolean {
  const word = text.toLowerCase();
  if (['true', 'yes', '1'].includes(word)) return true;
  if (['false', 'no', '0'].includes(word)) return false;
  throw new BadCell('true or false');
}

export function oneOf<const Word extends string>(text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text.toLowerCase());
  if (!found) throw new BadCell(`one of ${words.join(', ')}`);
  return found;
}

export function timeOf(text: string): Date {
  const time = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(time.getTime())) {
    throw new BadCell('a time such as 2026-11-23T08:00:00Z');
  }
  return time;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadCell('JSON');
  }
}

export function listOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== ''),
    ),
  ];
}

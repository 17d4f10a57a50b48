import { isIP } from 'node:net';
import { resolve } from 'node:path';

/** Reads the text of a variable: a value, or undefined when the text is not what `wanted` says. */
export type Parser<Value> = { readonly wanted: string; readonly parse: (text: string) => Value | undefined };

export function wholeNumber(least: number, most: number): Parser<number> {
  return {
    wanted: `a whole number from ${least} to ${most}`,
    parse: (text) =>
      /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined,
  };
}

export function oneOf<const Word extends string>(...words: readonly Word[]): Parser<Word> {
  return { wanted: `one of ${words.join(', ')}`, parse: (text) => words.find((word) => word === text) };
}

export function matching(wanted: string, pattern: RegExp): Parser<string> {
  return { wanted, parse: (text) => (pattern.test(text) ? text : undefined) };
}

export const folder: Parser<string> = { wanted: 'a folder', parse: (text) => resolve(text) };

export const folders: Parser<readonly string[]> = {
  wanted: 'folders, parted by commas',
  parse: (text) => words(text).map((word) => resolve(word)),
};

export const databaseUrl: Parser<string> = {
  wanted: 'an address postgres://user:password@host:port/database',
  parse: (text) =>
    /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? '') && URL.parse(text)!.pathname.length > 1
      ? text
      : undefined,
};

export const origin: Parser<string> = {
  wanted: 'scheme, host and port without a path',
  parse: (text) => {
    const url = URL.parse(text);
    const isPlain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash;
    return isPlain && !url.username ? url.origin : undefined;
  },
};

export const addresses: Parser<readonly string[]> = {
  wanted: 'IP addresses or networks, parted by commas',
  parse: (text) => (words(text).every(isAddress) ? words(text) : undefined),
};

/** Newest first, by id. A lone value has the id 1. */
export const secrets: Parser<readonly { id: number; key: Buffer }[]> = {
  wanted:
    '32 random bytes as hex or base64, or a list id:value,id:value where the highest id is used for what is new',
  parse: (text) => {
    const found = words(text).map((word) => {
      const [, id = '1', value = ''] = /^(?:(\d{1,9}):)?(.*)$/.exec(word) ?? [];
      const key = Buffer.from(value, /^[0-9a-f]{64}$/i.test(value) ? 'hex' : 'base64');
      return { id: Number(id), key };
    });
    const isGood = found.length > 0 && found.every(({ id, key }) => id > 0 && key.length === 32);
    const isUnique = new Set(found.map(({ id }) => id)).size === found.length;
    return isGood && isUnique ? found.sort((a, b) => b.id - a.id) : undefined;
  },
};

function isAddress(word: string): boolean {
  const [address = '', bits, ...rest] = word.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const isBits = bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most);
  return most > 0 && isBits && rest.length === 0;
}

function words(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}

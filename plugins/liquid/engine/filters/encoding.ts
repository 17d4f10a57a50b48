import { createHash, createHmac } from 'node:crypto';
import type { LiquidFilter } from 'kontor/sdk';
import { Fault } from '../faults.ts';
import { spend, spendText } from '../meter.ts';
import { textOf } from '../values/text.ts';
import { changed, isNothing } from './texts.ts';

/** Texts as addresses, as base64, and their hashes. */
export const ENCODING: Readonly<Record<string, LiquidFilter>> = {
  url_encode: orNothing((text) => percent(text).replaceAll('%20', '+')),
  url_decode: orNothing(decode),
  url_escape: orNothing((text) => encodeURI(text.toWellFormed())),
  url_param_escape: orNothing(percent),
  base64_encode: changed((text) => Buffer.from(text).toString('base64')),
  base64_decode: changed((text) => fromBase64(text, /^[\w+/]*={0,2}$/)),
  base64_url_safe_encode: changed((text) =>
    Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
  ),
  base64_url_safe_decode: changed((text) => fromBase64(text, /^[\w-]*={0,2}$/)),
  md5: hash('md5'),
  sha1: hash('sha1'),
  sha256: hash('sha256'),
  hmac_sha1: hmac('sha1'),
  hmac_sha256: hmac('sha256'),
};

function orNothing(change: (text: string) => string): LiquidFilter {
  const apply = changed(change);
  return (input, call) => (isNothing(input) ? undefined : apply(input, call));
}

/** `encodeURIComponent` leaves five signs that others do not. */
function percent(text: string): string {
  spendText(text.length);
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new Fault('invalid byte sequence in UTF-8');
  }
}

function fromBase64(text: string, alphabet: RegExp): string {
  if (!alphabet.test(text)) throw new Fault('this is no base64');
  return Buffer.from(text, 'base64').toString('utf8');
}

function hash(algorithm: string): LiquidFilter {
  return (input) => {
    const text = textOf(input);
    spend(text.length >> 2);
    return createHash(algorithm).update(text).digest('hex');
  };
}

function hmac(algorithm: string): LiquidFilter {
  return (input, { args: [key] }) => {
    const text = textOf(input);
    const secret = textOf(key);
    spend((text.length + secret.length) >> 2);
    return createHmac(algorithm, secret).update(text).digest('hex');
  };
}

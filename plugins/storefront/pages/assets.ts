import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Style and script of the pages, by an address that changes with them, so that they can be kept for ever. */
export const ASSETS = {
  css: asset('storefront.css', 'text/css; charset=utf-8'),
  js: asset('storefront.js', 'text/javascript; charset=utf-8'),
} as const;

function asset(file: string, type: string) {
  const content = readFileSync(new URL(`../window/${file}`, import.meta.url), 'utf8');
  const name = file.replace('.', `-${hash('sha256', content).slice(0, 12)}.`);
  return { name, type, content, address: `/assets/${name}` };
}

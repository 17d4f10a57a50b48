import { hash } from 'node:crypto';
import type { Bundle, ThemeCode } from './code/theme-code.ts';

/** Endings that are rendered with the settings of the theme before they are sent. */
export const RENDERED = ['.liquid', '.scss.liquid'] as const;

/** Where the file is: as it is asked for, or as Liquid that makes it. */
export function assetPath({ tree }: Pick<ThemeCode, 'tree'>, name: string): string | undefined {
  const plain = `assets/${name}`;
  const candidates = [
    plain,
    `${plain}.liquid`,
    plain.replace(/\.css$/, '.scss.liquid'),
    plain.replace(/\.scss\.css$/, '.scss.liquid'),
  ];
  return candidates.find((path) => tree.has(path));
}

/** An address that changes with the content, so that it can be kept for ever. */
export function assetAddress(code: ThemeCode, name: string): string {
  const path = assetPath(code, name);
  const version = path === undefined ? '' : `?v=${assetHash(code, path)}`;
  return `${folderOf(code)}/${name.split('/').map(encodeURIComponent).join('/')}${version}`;
}

export function bundleAddress(code: ThemeCode, kind: 'stylesheet' | 'javascript', bundle: Bundle): string {
  return `${folderOf(code)}/${kind === 'stylesheet' ? BUNDLES.stylesheet : BUNDLES.javascript}?v=${bundle.hash}`;
}

/** Names of the files that no theme has. */
export const BUNDLES = { stylesheet: 'kontor-sections.css', javascript: 'kontor-sections.js' } as const;

/** What is rendered depends on the settings, too. */
export function assetHash({ tree }: Pick<ThemeCode, 'tree'>, path: string): string {
  const own = tree.hash(path) ?? '';
  if (!path.endsWith('.liquid')) return own.slice(0, 16);
  const settings = `${tree.hash('config/settings_data.json')} ${tree.hash('config/settings_schema.json')}`;
  return hash('sha256', `${own} ${settings}`).slice(0, 16);
}

/** The version of the theme is in the address, so that a page that is open while another one is published keeps its files. */
function folderOf({ tree }: ThemeCode): string {
  return `/cdn/shop/t/${tree.themeId === null ? '0' : `${tree.themeId}-${tree.number}`}/assets`;
}

import type { LiquidCall, LiquidFilter } from 'kontor/sdk';
import { assetAddress, assetPath } from '../assets.ts';
import { pageOf } from '../page.ts';
import { attributes, namedBut } from './html.ts';

const assetUrl: LiquidFilter = (input, { run }) => {
  const { code, values } = pageOf(run);
  return assetAddress(code, values.text(input));
};
/** Files that only the other platform has: nothing is loaded from there. */
const foreignUrl: LiquidFilter = () => '';
const fileUrl: LiquidFilter = (input, { run }) =>
  `/files/${encodeURIComponent(pageOf(run).values.text(input))}`;

const stylesheetTag: LiquidFilter = (input, call) => {
  const { values } = pageOf(call.run);
  const href = values.text(input);
  if (href === '') return '';
  const more = namedBut(call, 'preload');
  return `<link${attributes({ href, rel: 'stylesheet', type: 'text/css', media: 'all', ...more }, values)} />`;
};
const scriptTag: LiquidFilter = (input, { run }) => {
  const { values } = pageOf(run);
  const src = values.text(input);
  return src === '' ? '' : `<script${attributes({ src, type: 'text/javascript' }, values)}></script>`;
};
const preloadTag: LiquidFilter = (input, call) => {
  const { values } = pageOf(call.run);
  const href = values.text(input);
  return href === '' ? '' : `<link${attributes({ href, rel: 'preload', ...call.named }, values)}>`;
};
const inlineAsset: LiquidFilter = (input, { run }) => {
  const { code, values } = pageOf(run);
  const name = values.text(input);
  const path = assetPath(code, name);
  return path === undefined
    ? run.fail(`there is no asset ${name.slice(0, 100)}`)
    : (code.tree.text(path) ?? '');
};

const linkTo: LiquidFilter = (input, call) => {
  const { values } = pageOf(call.run);
  const [url, title] = call.args;
  const more = { ...namedBut(call), ...(title !== undefined && { title: values.text(title) }) };
  return `<a${attributes({ href: values.text(url), ...more }, values)}>${values.text(input)}</a>`;
};

const within: LiquidFilter = (input, { args: [collection], run }) => {
  const { values } = pageOf(run);
  const handle = values.text(values.get(collection, 'handle'));
  const path = values.text(input).replace(/^\/collections\/[^/]+(?=\/products\/)/, '');
  return handle === '' || handle === 'all' ? path : `/collections/${encodeURIComponent(handle)}${path}`;
};

const sortBy: LiquidFilter = (input, { args: [sort], run }) => {
  const { values } = pageOf(run);
  const [path = '', query = ''] = values.text(input).split('?', 2);
  const asked = new URLSearchParams(query);
  asked.set('sort_by', values.text(sort));
  return `${path}?${asked}`;
};

const facetUrl =
  (param: string): LiquidFilter =>
  (input, { run }) =>
    `/collections/all?${new URLSearchParams({ [param]: pageOf(run).values.text(input) })}`;
const facetLink =
  (param: string): LiquidFilter =>
  (input, call) => {
    const { values } = pageOf(call.run);
    const text = values.text(input);
    const href = `/collections/all?${new URLSearchParams({ [param]: text })}`;
    return `<a${attributes({ href, title: text, ...call.named }, values)}>${values.escape(text)}</a>`;
  };

/** Links that add a tag to those that are chosen, or take it away. */
const tagLink =
  (change: (tags: readonly string[], tag: string) => readonly string[]): LiquidFilter =>
  (input, call) => {
    const { values, asked } = pageOf(call.run);
    const tag = values.text(call.args[0] ?? input);
    const tags = change(asked.query.getAll('filter.p.tag'), tag);
    const query = new URLSearchParams(tags.map((one) => ['filter.p.tag', one]));
    const href = `${asked.path}${tags.length > 0 ? `?${query}` : ''}`;
    return `<a${attributes({ href, title: tag }, values)}>${values.escape(values.text(input))}</a>`;
  };
const highlightTag: LiquidFilter = (input, { args: [name], run }) => {
  const { values, asked } = pageOf(run);
  const tag = values.text(input);
  const isActive = asked.query.getAll('filter.p.tag').includes(tag);
  return isActive
    ? `<span class="${values.escape(values.text(name) || 'active')}">${values.escape(tag)}</span>`
    : tag;
};

const account =
  (href: string): LiquidFilter =>
  (input, call: LiquidCall) => {
    const { values } = pageOf(call.run);
    return `<a${attributes({ href, ...call.named }, values)}>${values.text(input)}</a>`;
  };

const handleize: LiquidFilter = (input, { run }) =>
  pageOf(run)
    .values.text(input)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');

const camelize: LiquidFilter = (input, { run }) =>
  pageOf(run)
    .values.text(input)
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const urlEscape: LiquidFilter = (input, { run }) => encodeURI(pageOf(run).values.text(input).toWellFormed());
const paramEscape: LiquidFilter = (input, { run }) =>
  encodeURIComponent(pageOf(run).values.text(input).toWellFormed());

export const URLS: Readonly<Record<string, LiquidFilter>> = {
  asset_url: assetUrl,
  shopify_asset_url: foreignUrl,
  global_asset_url: foreignUrl,
  file_url: fileUrl,
  stylesheet_tag: stylesheetTag,
  script_tag: scriptTag,
  preload_tag: preloadTag,
  inline_asset_content: inlineAsset,
  link_to: linkTo,
  within,
  sort_by: sortBy,
  url_for_vendor: facetUrl('filter.p.vendor'),
  url_for_type: facetUrl('filter.p.product_type'),
  link_to_vendor: facetLink('filter.p.vendor'),
  link_to_type: facetLink('filter.p.product_type'),
  link_to_tag: tagLink((_tags, tag) => [tag]),
  link_to_add_tag: tagLink((tags, tag) => [...new Set([...tags, tag])]),
  link_to_remove_tag: tagLink((tags, tag) => tags.filter((one) => one !== tag)),
  highlight_active_tag: highlightTag,
  customer_login_link: account('/account/login'),
  customer_logout_link: account('/account/logout'),
  customer_register_link: account('/account/register'),
  handle: handleize,
  handleize,
  camelize,
  camelcase: camelize,
  url_escape: urlEscape,
  url_param_escape: paramEscape,
};

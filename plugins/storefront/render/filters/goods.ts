import { createHash, createHmac } from 'node:crypto';
import type { LiquidFilter } from 'kontor/sdk';
import { linesOf } from '../drops/cart.ts';
import type { Font } from '../drops/font.ts';
import { fontDrop } from '../drops/font.ts';
import { selfOf } from '../drops/drop.ts';
import { productSelf } from '../drops/product.ts';
import { full, isAvailable } from '../drops/product-self.ts';
import { pictureOf } from '../drops/image.ts';
import { pageOf } from '../page.ts';
import { drawing } from './drawings.ts';
import { attributes, namedBut } from './html.ts';
import { imageUrl } from './images.ts';

const itemCount: LiquidFilter = (_cart, { args: [id], run }) => {
  const page = pageOf(run);
  const wanted = page.values.number(id);
  const lines = page.cart?.lines ?? [];
  return lines.reduce((sum, line) => (line.variantId === wanted ? sum + line.quantity : sum), 0);
};
const linesFor: LiquidFilter = (_cart, { args: [wanted], run }) => {
  const page = pageOf(run);
  const { values } = page;
  const id = values.number(values.get(wanted, 'id'));
  const key = productSelf(wanted) ? 'product_id' : 'variant_id';
  return linesOf(page).filter((line) => line.liquidGet(key) === id);
};

/** Facts of a product for search engines. */
const structuredData: LiquidFilter = (input, { run }) => {
  const page = pageOf(run);
  const self = productSelf(input);
  const product = self && full(self);
  if (!product) return 'null';
  const url = `${page.origin}/products/${encodeURIComponent(product.handle)}`;
  const offers = product.variants.map((variant) => ({
    '@type': 'Offer',
    url: `${url}?variant=${variant.id}`,
    ...(variant.sku && { sku: variant.sku }),
    price: (variant.amount / 100).toFixed(2),
    priceCurrency: page.store.currency,
    availability: `https://schema.org/${isAvailable(page, variant.id) ? 'InStock' : 'OutOfStock'}`,
  }));
  return page.values.json({
    '@context': 'https://schema.org',
    '@type': 'Product',
    '@id': `${url}#product`,
    name: product.title,
    url,
    description: product.description.replace(/<[^<>]*>/g, ' ').trim(),
    ...(product.vendor && { brand: { '@type': 'Brand', name: product.vendor } }),
    ...(product.pictures.length > 0 && {
      image: product.pictures.map(({ path }) => `${page.origin}${path}`),
    }),
    offers,
  });
};

const defaultPagination: LiquidFilter = (input, { named, run }) => {
  const { values } = pageOf(run);
  const anchor = named.anchor === undefined ? '' : `#${values.text(named.anchor)}`;
  const link = (part: unknown, name: string, fallback?: unknown) => {
    const title = values.text(values.get(part, 'title')) || values.text(fallback);
    const isLink = values.isTruthy(values.get(part, 'is_link'));
    const href = values.escape(values.text(values.get(part, 'url')) + anchor);
    const words = TITLES.has(title) ? title : values.escape(title);
    return `<span class="${name}">${isLink ? `<a href="${href}">${words}</a>` : words}</span>`;
  };
  const parts = values.list(values.get(input, 'parts')).map((part) => {
    const isLink = values.isTruthy(values.get(part, 'is_link'));
    const isGap = values.text(values.get(part, 'title')) === '…';
    return link(part, isLink ? 'page' : isGap ? 'deco' : 'page current');
  });
  const previous = values.get(input, 'previous');
  const next = values.get(input, 'next');
  return [
    previous ? link(previous, 'prev', named.previous) : '',
    ...parts,
    next ? link(next, 'next', named.next) : '',
  ]
    .filter(Boolean)
    .join(' ');
};
const TITLES = new Set(['&laquo; Previous', 'Next &raquo;']);

/** A drawing of our own where a shop has no picture yet. */
const placeholder: LiquidFilter = (input, { args: [name], run }) => {
  const { values } = pageOf(run);
  return drawing(values.text(input), values.escape(values.text(name) || 'placeholder-svg'));
};
const paymentIcon: LiquidFilter = (input, { named, run }) => {
  const { values } = pageOf(run);
  const name = values.escape(values.text(input).replaceAll('_', ' '));
  const given = attributes(
    { class: named.class, role: 'img', width: 38, height: 24, viewBox: '0 0 38 24' },
    values,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg"${given}><title>${name}</title><rect x=".5" y=".5" width="37" height="23" rx="3.5" fill="#fff" stroke="#999"/><text x="19" y="15" font-family="system-ui,sans-serif" font-size="6" text-anchor="middle" fill="#333">${name.slice(0, 10)}</text></svg>`;
};

const fontModify: LiquidFilter = (input, { args: [what, value], run }) => {
  const font = selfOf<Font>(input);
  if (!font || !('fallback' in font)) return null;
  const text = pageOf(run).values.text(value);
  if (what === 'style')
    return fontDrop({ ...font, style: text === 'italic' || text === 'oblique' ? 'italic' : 'normal' });
  if (what !== 'weight') return fontDrop(font);
  const step = /^[+-]\d{3}$/.test(text) ? Number(font.weight) + Number(text) : undefined;
  const bold =
    text === 'bold'
      ? 700
      : text === 'bolder'
        ? Number(font.weight) + 300
        : text === 'lighter'
          ? Number(font.weight) - 300
          : Number(text);
  const weight = Math.min(900, Math.max(100, step ?? (Number.isFinite(bold) && bold > 0 ? bold : 400)));
  return fontDrop({ ...font, weight: String(weight) });
};
/** Fonts of the visitor's system need no file; others come from their fallback until the store has a file. */
const empty: LiquidFilter = () => '';

const mediaTag: LiquidFilter = (input, call) => {
  const { values } = pageOf(call.run);
  const picture = pictureOf(input);
  if (!picture) return '';
  const src = imageUrl(input, { ...call, named: { width: 1100 } });
  return `<img${attributes({ src, alt: values.get(input, 'alt'), width: picture.width, height: picture.height, loading: 'lazy', ...namedBut(call, 'image_size', 'autoplay', 'loop', 'muted', 'controls') }, values)}>`;
};
const videoTag: LiquidFilter = (input, call) => {
  const { values } = pageOf(call.run);
  const url = values.text(input);
  return url === ''
    ? ''
    : `<video${attributes({ src: url, ...namedBut(call, 'image_size') }, values)}></video>`;
};
const externalUrl: LiquidFilter = (input, { named, run }) => {
  const { values } = pageOf(run);
  const type = values.text(values.get(input, 'type') ?? values.get(input, 'host'));
  const id = encodeURIComponent(values.text(values.get(input, 'id') ?? values.get(input, 'external_id')));
  if (id === '') return '';
  const query = new URLSearchParams(
    Object.entries(named).map(([key, value]) => [
      key,
      value === true ? '1' : value === false ? '0' : values.text(value),
    ]),
  );
  const base =
    type === 'vimeo' ? 'https://player.vimeo.com/video/' : 'https://www.youtube-nocookie.com/embed/';
  return `${base}${id}${query.size > 0 ? `?${query}` : ''}`;
};
const externalTag: LiquidFilter = (input, call) => {
  const { values } = pageOf(call.run);
  const src = values.text(input).startsWith('https://')
    ? values.text(input)
    : externalUrl(input, { ...call, named: {} });
  return src === ''
    ? ''
    : `<iframe${attributes({ frameborder: '0', allow: 'accelerometer; autoplay; encrypted-media; gyroscope; picture-in-picture', allowfullscreen: 'allowfullscreen', src, ...call.named }, values)}></iframe>`;
};

const digest =
  (name: string): LiquidFilter =>
  (input, { run }) =>
    createHash(name).update(pageOf(run).values.text(input)).digest('hex');
const keyed =
  (name: string): LiquidFilter =>
  (input, { args: [key], run }) => {
    const { values } = pageOf(run);
    return createHmac(name, values.text(key)).update(values.text(input)).digest('hex');
  };
/** What happened, for scripts that listen: the shape of what it is about. */
const eventData: LiquidFilter = (input, { run }) => pageOf(run).values.json(input);

export const GOODS: Readonly<Record<string, LiquidFilter>> = {
  item_count_for_variant: itemCount,
  line_items_for: linesFor,
  structured_data: structuredData,
  default_pagination: defaultPagination,
  placeholder_svg_tag: placeholder,
  payment_type_svg_tag: paymentIcon,
  payment_type_img_url: empty,
  payment_button: empty,
  payment_terms: empty,
  login_button: empty,
  avatar: empty,
  currency_selector: empty,
  font_modify: fontModify,
  font_face: empty,
  font_url: empty,
  media_tag: mediaTag,
  video_tag: videoTag,
  external_video_url: externalUrl,
  external_video_tag: externalTag,
  model_viewer_tag: empty,
  standard_event_data: eventData,
  md5: digest('md5'),
  sha1: digest('sha1'),
  sha256: digest('sha256'),
  hmac_sha1: keyed('sha1'),
  hmac_sha256: keyed('sha256'),
};

/** Filters that write nothing, as there is nothing of that kind here. */
export const EMPTY_FILTERS: readonly string[] = [
  ...Object.entries(GOODS).flatMap(([name, filter]) => (filter === empty ? name : [])),
  'shopify_asset_url',
  'global_asset_url',
];

import type { LiquidDrop, LiquidFilter, LiquidValues, Picture } from 'kontor/sdk';
import { altText, pictureOf } from '../drops/image.ts';
import { selfOf } from '../drops/drop.ts';
import { assetAddress } from '../assets.ts';
import { pageOf } from '../page.ts';
import { attributes, namedBut } from './html.ts';

/** An address that still knows its picture, so that `image_tag` can say how large it is. It counts as a text everywhere else. */
type ImageUrl = {
  readonly address: string;
  readonly picture: Picture | undefined;
  readonly alt: string;
  readonly width: number | undefined;
};
const urls = new WeakMap<object, ImageUrl>();

const WIDTHS = [
  165, 180, 352, 360, 375, 533, 535, 550, 710, 720, 750, 940, 1066, 1100, 1280, 1500, 1780, 2000, 3000,
];

export const imageUrl: LiquidFilter = (input, { named, run }) => {
  const { values } = pageOf(run);
  const image = imageIn(input, values);
  const picture = pictureOf(image);
  const address = picture?.path ?? (typeof input === 'string' ? input : '');
  if (address === '') return null;
  const width = numberIn(named.width, values);
  const height = numberIn(named.height, values);
  // The endpoint knows widths; a height is one, by the shape of the picture.
  const asWide =
    width ?? (height && picture?.height ? Math.round((height * picture.width) / picture.height) : undefined);
  return urlDrop({
    address: sized(address, asWide, values.text(named.format)),
    picture,
    alt: altText(image),
    width: asWide,
  });
};

const imageTag: LiquidFilter = (input, call) => {
  const { run, named } = call;
  const { values } = pageOf(run);
  const found = typeof input === 'object' && input !== null ? urls.get(input) : undefined;
  const image = found ?? ofImage(input, values);
  if (!image) return '';
  const { picture } = image;
  const width = named.width === undefined ? (image.width ?? picture?.width) : named.width;
  const asked = typeof width === 'number' || typeof width === 'string' ? Number(width) : undefined;
  const height = picture && asked ? Math.round((asked * picture.height) / picture.width) : undefined;
  return `<img${attributes(
    {
      src: image.address,
      alt: image.alt,
      ...(picture && named.srcset === undefined && { srcset: srcset(image, values, named.widths) }),
      width: asked,
      height,
      loading: 'lazy',
      ...(run.registers.isAbove === true && { loading: undefined }),
      ...namedBut(call, 'widths', 'preload', 'width'),
    },
    values,
  )}>`;
};

/** How it was before `image_url`: `img_url: '300x200'`, `'medium'`. */
const imgUrl: LiquidFilter = (input, { args: [size], named, run }) => {
  const { values } = pageOf(run);
  const image = imageIn(input, values);
  const picture = pictureOf(image);
  const address = picture?.path ?? (typeof input === 'string' ? input : '');
  if (address === '') return '';
  const text = values.text(size);
  const [, across, down] = /^(\d+)?x(\d+)?$/.exec(text) ?? [];
  const named_ = Object.hasOwn(NAMED, text) ? NAMED[text] : undefined;
  const scale = Math.min(3, Math.max(1, numberIn(named.scale, values) ?? 1));
  const wide = across
    ? Number(across)
    : down && picture
      ? Math.round((Number(down) * picture.width) / picture.height)
      : named_;
  return sized(address, wide && wide * scale, '');
};
const NAMED: Readonly<Record<string, number>> = {
  pico: 16,
  icon: 32,
  thumb: 50,
  small: 100,
  compact: 160,
  medium: 240,
  large: 480,
  grande: 600,
};

/** `{{ url | img_tag: 'alt', 'class' }}` */
const imgTag: LiquidFilter = (input, { args: [alt, name], run }) => {
  const { values } = pageOf(run);
  const image = imageIn(input, values);
  const src = pictureOf(image)?.path ?? values.text(input);
  return `<img${attributes({ src, alt: values.text(alt) || altText(image), class: values.text(name) || undefined }, values)} />`;
};

const assetImgUrl: LiquidFilter = (input, { run }) => {
  const { code, values } = pageOf(run);
  return assetAddress(code, values.text(input));
};

function imageIn(input: unknown, values: LiquidValues): unknown {
  if (pictureOf(input)) return input;
  if (typeof input !== 'object' || input === null || !selfOf(input)) return undefined;
  for (const name of ['featured_image', 'image', 'preview_image']) {
    const image = values.get(input, name);
    if (pictureOf(image)) return image;
  }
  return undefined;
}

function ofImage(input: unknown, values: LiquidValues): ImageUrl | undefined {
  const image = imageIn(input, values);
  const picture = pictureOf(image);
  if (picture) return { address: picture.path, picture, alt: altText(image), width: undefined };
  const address = values.text(input);
  return address === '' ? undefined : { address, picture: undefined, alt: '', width: undefined };
}

function srcset({ picture, width }: ImageUrl, values: LiquidValues, widths: unknown): string | undefined {
  if (!picture) return undefined;
  const asked = values
    .text(widths)
    .split(',')
    .map((one) => Number(one.trim()))
    .filter((one) => Number.isInteger(one) && one > 0)
    .slice(0, 40);
  const most = Math.min(picture.width, width ?? picture.width);
  const fitting = (asked.length > 0 ? asked : WIDTHS).filter((one) => one <= most);
  const all = [...new Set([...fitting, most])].sort((a, b) => a - b);
  return all.map((one) => `${sized(picture.path, one, '')} ${one}w`).join(', ');
}

function sized(address: string, width: number | undefined, format: string): string {
  // Other addresses than those of our own pictures have no sizes.
  if (!address.startsWith('/media/')) return address;
  const query = new URLSearchParams();
  if (width) query.set('width', String(Math.min(10_000, Math.max(1, Math.round(width)))));
  if (/^(?:webp|avif|jpeg|png)$/.test(format)) query.set('format', format);
  if (format === 'jpg' || format === 'pjpg') query.set('format', 'jpeg');
  const text = String(query);
  return text ? `${address}?${text}` : address;
}

function urlDrop(url: ImageUrl): LiquidDrop {
  const drop: LiquidDrop = {
    liquidGet: () => undefined,
    liquidText: url.address,
    liquidValue: url.address,
    liquidSize: url.address.length,
    liquidJson: () => url.address,
  };
  urls.set(drop, url);
  return drop;
}

function numberIn(value: unknown, values: LiquidValues): number | undefined {
  const number = value === undefined || value === null ? 0 : values.number(value);
  return number > 0 ? number : undefined;
}

export const IMAGES: Readonly<Record<string, LiquidFilter>> = {
  image_url: imageUrl,
  image_tag: imageTag,
  img_url: imgUrl,
  img_tag: imgTag,
  product_img_url: imgUrl,
  collection_img_url: imgUrl,
  article_img_url: imgUrl,
  asset_img_url: assetImgUrl,
  file_img_url: imgUrl,
};

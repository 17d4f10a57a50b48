import type { LiquidDrop, Picture } from 'kontor/sdk';
import { defineDrop, type DropFactory, none, plainDrop, selfOf } from './drop.ts';

type Image = {
  readonly picture: Picture;
  readonly locale: string;
  /** Of what it stands for, where nobody has described it. */
  readonly fallback: string;
  readonly position: number;
  readonly productId: number | null;
  readonly variantIds: readonly number[];
};

export const imageDrop: DropFactory<Image> = defineDrop<Image>(
  'image',
  {
    src: ({ picture }) => picture.path,
    width: ({ picture }) => picture.width,
    height: ({ picture }) => picture.height,
    aspect_ratio: ({ picture }) => ratio(picture),
    alt: altOf,
    id: ({ picture }) => picture.mediaId,
    media_type: () => 'image',
    position: ({ position }) => position,
    preview_image: (self) => imageDrop(self),
    product_id: ({ productId }) => productId,
    'attached_to_variant?': ({ variantIds }) => variantIds.length > 0,
    variants: none,
    presentation: ({ picture }) => {
      const { x, y } = picture.focalPoint;
      const text = `${Math.round(x * 100)}% ${Math.round(y * 100)}%`;
      return plainDrop({
        focal_point: plainDrop({ x: Math.round(x * 100), y: Math.round(y * 100) }, { text, value: text }),
      });
    },
  },
  { text: ({ picture }) => picture.path, json: ({ picture }) => picture.path },
);

export function imageOf(
  picture: Picture | null | undefined,
  more: Partial<Omit<Image, 'picture'>> & { locale: string },
): LiquidDrop | null {
  if (!picture) return null;
  return imageDrop({ fallback: '', position: 1, productId: null, variantIds: [], ...more, picture });
}

/** The picture of an image; undefined for anything else. */
export function pictureOf(value: unknown): Picture | undefined {
  return selfOf<Partial<Image>>(value)?.picture;
}

/** What describes an image to those who cannot see it. */
export function altText(value: unknown): string {
  const self = selfOf<Partial<Image>>(value);
  return self?.picture ? altOf(self as Image) : '';
}

function altOf({ picture, locale, fallback }: Image): string {
  return (
    picture.alt[locale] || picture.alt[locale.split('-')[0]!] || Object.values(picture.alt)[0] || fallback
  );
}

export const ratio = ({ width, height }: Picture): number => (height > 0 ? width / height : 1);

/** A picture among the media of a product, in the shape that scripts read. */
export function mediaJson(picture: Picture, { position, alt }: { position: number; alt: string }): object {
  const { width, height, path: src, mediaId: id } = picture;
  const preview = { aspect_ratio: ratio(picture), height, width, src };
  return { alt, id, position, preview_image: preview, ...preview, media_type: 'image' };
}

import {
  type Id,
  ok,
  type Picture,
  type Product,
  type ProductInput,
  type ProductRefusal,
  refused,
  type Result,
} from 'kontor/sdk';
import { sanitise } from '../services/sanitise.ts';
import { distinctLines, line, prose, slug } from '../services/texts.ts';
import { mergeTranslations } from './merge-texts.ts';
import { mergeVariants } from './merge-variants.ts';

/** A product as it is to be stored; `id` and those of new variants are 0 until they have one. */
export type ProductDraft = Omit<Product, 'version' | 'collectionIds' | 'createdAt' | 'updatedAt'>;
export type ProductChange = Partial<ProductInput>;

/** What a change makes of a product, or of nothing. Plain data in, plain data out. */
export function mergeProduct(input: {
  existing: Product | undefined;
  change: ProductChange;
  /** Those that the change names, as the media store has them. */
  pictures: ReadonlyMap<Id, Picture>;
  /** One that is gone is left out, instead of refused. */
  dropsUnknownPictures: boolean;
  now: Date;
  currency: string;
  allowsSeveral: boolean;
}): Result<ProductDraft, ProductRefusal> {
  const { existing, change } = input;
  const pictures = picturesOf(input);
  if (!pictures.ok) return pictures;
  const kind = change.kind ?? existing?.kind ?? 'physical';
  const merged = mergeVariants({
    ...input,
    options: change.options,
    variants: change.variants,
    isShipped: kind === 'physical' || kind === 'bundle',
    pictureIds: pictures.value.map(({ mediaId }) => mediaId),
  });
  if (!merged.ok) return merged;
  const title = line(change.title ?? existing?.title ?? '');
  return ok({
    id: existing?.id ?? 0,
    handle: slug(change.handle ?? '') || existing?.handle || slug(title) || 'product',
    kind,
    ...publication(input),
    title,
    description:
      change.description === undefined ? (existing?.description ?? '') : sanitise(change.description),
    vendor: line(change.vendor ?? existing?.vendor ?? ''),
    type: line(change.type ?? existing?.type ?? ''),
    tags: distinctLines(change.tags ?? existing?.tags ?? []),
    taxClass: line(change.taxClass ?? existing?.taxClass ?? 'standard'),
    seo: {
      title: line(change.seo?.title ?? existing?.seo.title ?? ''),
      description: prose(change.seo?.description ?? existing?.seo.description ?? ''),
    },
    safety: safetyOf(change.safety ?? existing?.safety ?? {}),
    ...merged.value,
    pictures: pictures.value,
    translations: mergeTranslations({
      before: existing,
      change: change.translations,
      options: merged.value.options,
    }),
  });
}

type Input = Parameters<typeof mergeProduct>[0];

function picturesOf({
  existing,
  change,
  pictures,
  dropsUnknownPictures,
}: Input): Result<readonly Picture[], 'unknownPicture'> {
  if (!change.pictureIds) return ok(existing?.pictures ?? []);
  const found: Picture[] = [];
  for (const mediaId of new Set(change.pictureIds)) {
    const picture = pictures.get(mediaId);
    if (picture) found.push(picture);
    else if (!dropsUnknownPictures) return refused('unknownPicture', { mediaId });
  }
  return ok(found);
}

/** What becomes active is seen from now on, unless a time is given; what goes back to draft has no plan any more. */
function publication({ existing, change, now }: Input): Pick<Product, 'state' | 'publishAt' | 'unpublishAt'> {
  const state = change.state ?? existing?.state ?? 'draft';
  const isBackToDraft = state === 'draft' && existing?.state === 'active';
  const before = isBackToDraft ? null : (existing?.publishAt ?? null);
  const publishAt = change.publishAt === undefined ? before : change.publishAt;
  return {
    state,
    publishAt: state === 'active' ? (publishAt ?? now) : publishAt,
    unpublishAt: change.unpublishAt === undefined ? (existing?.unpublishAt ?? null) : change.unpublishAt,
  };
}

function safetyOf(safety: Product['safety']): Product['safety'] {
  const kept = (['manufacturer', 'responsible', 'warnings'] as const)
    .map((name) => [name, prose(safety[name] ?? '')] as const)
    .filter(([, text]) => text !== '');
  return Object.fromEntries(kept);
}

import { type Product, route, Type, type Variant } from 'kontor/sdk';
import { openFrame } from '../pages/frame.ts';
import { page } from '../pages/layout.ts';
import { notFound } from '../pages/not-found.ts';
import { productMain } from '../pages/product.ts';
import { problemOf } from '../pages/problems.ts';
import { isGone, type Levels } from '../services/stock.ts';
import { ByHandle, forVisitors, Language } from './shared.ts';

export const product = route({
  ...forVisitors,
  path: '/products/:handle',
  summary: 'A product',
  params: ByHandle,
  query: Type.Object({
    variant: Type.Optional(Type.String({ description: 'the id of the one to show first' })),
    refused: Type.Optional(Type.String({ description: 'why it did not go into the cart' })),
    available: Type.Optional(Type.String({ description: 'how many there are' })),
    locale: Language,
  }),
  refusals: { notFound: 404 },
  async handler(request, services) {
    const { params, query } = request;
    const frame = await openFrame(request, services);
    const found = await services.catalog.productByHandle(params.handle, {
      locale: frame.locale,
      isWithLowest: true,
    });
    if (!found) return notFound(request, services);
    const path = `/products/${encodeURIComponent(found.handle)}`;
    if (found.handle !== params.handle) {
      const text = String(new URLSearchParams(frame.query));
      return void request.reply.redirect(`${path}${text && `?${text}`}`, 302);
    }
    const levels = await services.inventory?.levels(found.variants.map(({ id }) => id));
    const chosen = chosenOf(found, { levels, wanted: Number(query.variant) });
    const main = productMain(frame, found, { levels, chosen, problem: problemOf(frame) });
    const description = found.seo.description;
    return page(request.reply, frame, {
      title: found.seo.title || found.title,
      main,
      path,
      ...(description && { description }),
    });
  },
});

/** The one that was asked for, else the first that can be had. */
function chosenOf({ variants }: Product, { levels, wanted }: { levels: Levels; wanted: number }): Variant {
  const asked = variants.find(({ id }) => id === wanted);
  return asked ?? variants.find(({ id }) => !isGone(levels, id)) ?? variants[0]!;
}

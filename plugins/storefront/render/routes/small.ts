import { type Route, route, Type } from 'kontor/sdk';
import { forVisitors } from '../../routes/shared.ts';
import { pageLocale } from '../../services/locale.ts';
import { addItems } from '../cart/actions.ts';
import { readBody } from '../cart/read-body.ts';
import type { Asking } from '../pages/open-page.ts';
import { localPath } from './cart.ts';

const MINUTE = 60_000; // ms

export const smallRoutes: readonly Route[] = [
  route({
    ...forVisitors,
    method: 'POST',
    csrf: 'origin',
    bodyStream: true,
    bodyLimit: 64 * 1024,
    rateLimit: { max: 60, window: MINUTE },
    path: '/localization',
    summary: 'Chooses a language, from a form of a theme',
    async handler(request) {
      const asking = request as unknown as Asking;
      const { locale_code: code, language_code: language, return_to: back } = (await readBody(asking)) ?? {};
      pageLocale(asking, String(code ?? language ?? ''));
      request.reply.redirect(localPath(back ?? '/'), 303);
    },
  }),
  route({
    ...forVisitors,
    path: '/cart/:lines',
    summary: 'A link that puts products into a cart: `/cart/12:1,15:2`',
    params: Type.Object({
      lines: Type.String({ pattern: '^\\d{1,15}:\\d{1,5}(?:,\\d{1,15}:\\d{1,5}){0,49}$' }),
    }),
    rateLimit: { max: 60, window: MINUTE },
    async handler(request, services) {
      const items = request.params.lines.split(',').map((line) => {
        const [id, quantity] = line.split(':');
        return { id, quantity };
      });
      const done = await addItems(request as unknown as Asking, services, { items });
      request.reply.redirect(done.ok ? '/checkout' : `/cart?refused=${done.refusal}`, 303);
    },
  }),
];

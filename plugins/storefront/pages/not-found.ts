import { type Cradle, html, type Refused, refused } from 'kontor/sdk';
import { type Asking, openFrame } from './frame.ts';
import { page } from './layout.ts';

/** Nothing is here: a page for people, a problem for programs. */
export async function notFound(request: Asking, services: Cradle): Promise<string | Refused<'notFound'>> {
  const accepts = String(request.headers.accept ?? '');
  if (!accepts.includes('text/html')) return refused('notFound');
  const frame = await openFrame(request, services);
  const { say } = frame;
  request.reply.status(404);
  const main = html`<section class="alone"><h1>${say('notFound.title')}</h1>
    <p>${say('notFound.text')}</p>
    <p><a class="button" href="/collections/all">${say('collection.all')}</a></p></section>`;
  return page(request.reply, frame, { title: say('notFound.title'), main, path: '/', isHidden: true });
}

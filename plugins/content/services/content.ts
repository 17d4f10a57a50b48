import type { Content, Cradle } from 'kontor/sdk';
import { sendMessage } from '../actions/send-message.ts';
import { createArticles } from './articles.ts';
import { createBlogs } from './blogs.ts';
import { createComments } from './comments.ts';
import { createDefaults } from './defaults.ts';
import { createFound } from './found.ts';
import { createKept, revisionOf } from './kept.ts';
import { createMenus } from './menus.ts';
import { createPages } from './pages.ts';
import { createPolicies } from './policies.ts';
import { createRedirects } from './redirects.ts';

/** Words of the current store, put together from their parts. */
export function createContent(services: Cradle): Content {
  const defaults = createDefaults(services);
  const kept = createKept(services);
  return {
    revision: () => revisionOf(services),
    ...createPages(services, defaults),
    ...createBlogs(services),
    ...createArticles(services),
    ...createComments(services),
    ...createMenus(services, { defaults, kept }),
    ...createRedirects(services, { kept }),
    ...createPolicies(services, { defaults, kept }),
    ...createFound(services, defaults),
    sendMessage: (input) => sendMessage(services, input),
  };
}

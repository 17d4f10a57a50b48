import { definePlugin, defineRoutes, Type } from 'kontor/sdk';
import './contract.ts';
import { contactLetter } from './emails/contact.ts';
import { followPicture } from './hooks/follow-picture.ts';
import { dropOldMessages } from './jobs/drop-old-messages.ts';
import { pictureUsage } from './points/picture-usage.ts';
import { articleRoutes } from './routes/articles.ts';
import { blogRoutes } from './routes/blogs.ts';
import { commentRoutes } from './routes/comments.ts';
import { defaultRoutes } from './routes/defaults.ts';
import { menuRoutes } from './routes/menus.ts';
import { messageRoutes } from './routes/messages.ts';
import { pageRoutes } from './routes/pages.ts';
import { redirectRoutes } from './routes/redirects.ts';
import { shopBlogRoutes } from './routes/shop-blogs.ts';
import { shopPageRoutes } from './routes/shop-pages.ts';
import { createContent } from './services/content.ts';

const id = Type.Integer();

export default definePlugin({
  services: { content: createContent },
  declares: {
    events: {
      'content.page_saved': { payload: Type.Object({ pageId: id }) },
      'content.blog_saved': { payload: Type.Object({ blogId: id }) },
      'content.article_saved': { payload: Type.Object({ articleId: id, blogId: id }) },
      'content.menu_saved': { payload: Type.Object({ handle: Type.String() }) },
      'content.redirects_saved': { payload: Type.Object({ count: Type.Integer() }) },
      'content.comment_written': {
        payload: Type.Object({ commentId: id, articleId: id, state: Type.String() }),
      },
      'content.message_received': { payload: Type.Object({ messageId: id }) },
    },
  },
  routes: defineRoutes([
    ...pageRoutes,
    ...defaultRoutes,
    ...blogRoutes,
    ...articleRoutes,
    ...commentRoutes,
    ...menuRoutes,
    ...redirectRoutes,
    ...messageRoutes,
    ...shopPageRoutes,
    ...shopBlogRoutes,
  ]),
  events: { 'media.changed': followPicture, 'media.removed': followPicture },
  jobs: { 'content.drop-old-messages': dropOldMessages },
  points: { mailTemplates: [contactLetter], mediaUsages: (services) => [pictureUsage(services)] },
});

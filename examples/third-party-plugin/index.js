import { definePlugin, Type } from 'kontor/sdk';
import { countEntry } from './hooks/count-entry.js';
import { refuseWhenClosed } from './hooks/refuse-when-closed.js';
import { tidyText } from './hooks/tidy-text.js';
import { dropOldEntries } from './jobs/drop-old-entries.js';
import { firstGuestBadge } from './points/first-guest-badge.js';
import { shopRoutes } from './routes/shop.js';
import { teamRoutes } from './routes/team.js';
import { createGuestbook } from './services/guestbook.js';

export default definePlugin({
  services: { guestbook: createGuestbook },
  declares: {
    events: {
      'guestbook.signed': { payload: Type.Object({ entryId: Type.Integer(), day: Type.String() }) },
    },
    filters: { 'guestbook.text': { value: Type.String({ minLength: 1, maxLength: 2000 }) } },
    guards: { 'guestbook.sign': { subject: Type.Object({ name: Type.String() }), whenBroken: 'closed' } },
    points: { guestbookBadges: {} },
  },
  routes: [...shopRoutes, ...teamRoutes],
  events: { 'guestbook.signed': countEntry },
  filters: { 'guestbook.text': tidyText },
  guards: { 'guestbook.sign': refuseWhenClosed },
  jobs: { 'guestbook.drop-old-entries': dropOldEntries },
  points: { guestbookBadges: [firstGuestBadge] },
  async start({ log, points }) {
    log.info({ badges: points.of('guestbookBadges').length }, 'the guest book is open');
  },
  stop({ log }) {
    log.info({}, 'the guest book is closed');
  },
});

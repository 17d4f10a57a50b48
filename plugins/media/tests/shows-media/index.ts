import { definePlugin } from 'kontor/sdk';
import '../../contract.ts';

/** For tests: shows every file whose id is odd, and hears what happens to files. */
export const heard: string[] = [];

export default definePlugin({
  points: {
    mediaUsages: [
      {
        usedIn: async (ids) =>
          ids
            .filter((id) => id % 2 === 1)
            .map((mediaId) => ({ mediaId, kind: 'poster', id: 7, title: 'A poster' })),
      },
    ],
  },
  events: {
    'media.changed': ({ payload }) => void heard.push(`changed ${payload.mediaId}`),
    'media.removed': ({ payload }) => void heard.push(`removed ${payload.mediaId}`),
  },
});

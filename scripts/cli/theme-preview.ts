import { type Command, UsageError } from './command.ts';
import { CONNECTION, numberOf, platformOf } from './theme/platform.ts';

export default {
  options: { ...CONNECTION.options, theme: { type: 'string' }, hours: { type: 'string' } },
  explain: {
    ...CONNECTION.explain,
    theme: 'Number of the theme',
    hours: 'Until the link ends, at most 720; 24 when left out',
  },
  async run({ options }) {
    const { hours } = options;
    if (hours !== undefined && !/^\d{1,3}$/.test(String(hours))) {
      throw new UsageError(`Expected a number of hours, got '${hours}'`);
    }
    const id = numberOf(options.theme);
    const link = await platformOf({ options }).previewLink(
      id,
      hours === undefined ? undefined : Number(hours),
    );
    return { data: link, text: `${link.address}\nuntil ${link.expiresAt}` };
  },
} satisfies Command;

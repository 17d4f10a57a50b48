import type { MailTemplate } from 'kontor/sdk';

/** What a short mail says, in one language. */
export type NoticeWords = {
  readonly subject: string;
  /** A paragraph each, as Liquid. */
  readonly lines: readonly string[];
  /** Label of the button that leads to `link`. */
  readonly button?: string;
  readonly closing?: string;
};

/** Makes both forms of a short mail, so that they say the same. */
export function noticeTexts(words: Readonly<Record<string, NoticeWords>>): MailTemplate['texts'] {
  return Object.fromEntries(Object.entries(words).map(([locale, one]) => [locale, textsOf(one)]));
}

function textsOf({ subject, lines, button, closing = '' }: NoticeWords) {
  const paragraphs = (texts: readonly string[]) => texts.map((text) => `<p>${text}</p>`).join('\n');
  const link = button ? `{% render 'button', url: link, label: "${button}" %}` : '';
  return {
    subject,
    html: [`<h1>${subject}</h1>`, paragraphs(lines), link, closing && `<p>${closing}</p>`]
      .filter(Boolean)
      .join('\n'),
    text: [...lines, button && `${button}:\n{{ link }}`, closing].filter(Boolean).join('\n\n'),
  };
}

import type { ContentTexts } from 'kontor/sdk';
import { sanitise } from './sanitise.ts';
import { line, slug } from './texts.ts';

type Translations = Readonly<Record<string, ContentTexts>>;
export const DESCRIPTION = 1000; // letters for search engines; they show 160

/** Texts by language as they are kept: tidy, sanitised, nothing that is empty. */
export function tidyTranslations(translations: Translations): Record<string, ContentTexts> {
  return Object.fromEntries(
    Object.entries(translations).flatMap(([locale, texts]) => {
      const tidy = tidyTexts(texts);
      return Object.keys(tidy).length > 0 ? [[locale, tidy]] : [];
    }),
  );
}

function tidyTexts({ title, handle, body, excerpt, seo }: ContentTexts): ContentTexts {
  return {
    ...filled('title', line(title ?? '')),
    ...filled('handle', slug(handle ?? '')),
    ...filled('body', sanitise(body ?? '')),
    ...filled('excerpt', sanitise(excerpt ?? '')),
    ...(seo?.title || seo?.description
      ? {
          seo: {
            ...filled('title', line(seo.title ?? '')),
            ...filled('description', line(seo.description ?? '', DESCRIPTION)),
          },
        }
      : {}),
  };
}

function filled<Name extends string>(name: Name, text: string): { [Key in Name]?: string } {
  return text === '' ? {} : ({ [name]: text } as { [Key in Name]?: string });
}

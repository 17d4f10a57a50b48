/** What a store says of itself. */
export type ShopWords = { readonly headline: string; readonly introduction: string };
export type WordSettings = ShopWords & {
  readonly translations: Readonly<Record<string, Partial<ShopWords>>>;
};

/** The words in a language; those that nobody has translated as they are. */
export function wordsIn({ headline, introduction, translations }: WordSettings, locale: string): ShopWords {
  const own = translations[locale] ?? {};
  return { headline: own.headline || headline, introduction: own.introduction || introduction };
}

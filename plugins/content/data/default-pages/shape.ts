/** A default in the platform's languages; `body` is HTML with places that the store's settings fill in. */
export type DefaultPage = Readonly<Record<'en' | 'fr' | 'de' | 'lb', { title: string; body: string }>>;

/** What is in every one of them: who to write to. */
export const BY_MAIL = '<a href="mailto:{{ company.email }}">{{ company.email }}</a>';

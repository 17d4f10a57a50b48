import type { MailTemplate, PointsService } from 'kontor/sdk';

/** The template that a plugin which is on for this store has under a code. */
export function findTemplate(code: string, points: Pick<PointsService, 'of'>): MailTemplate | undefined {
  return points.of('mailTemplates').find((template) => template.code === code);
}

/**
 * Languages to look for words in, best first.
 *
 * @example localesFor('de-AT', 'fr') // de-AT, de, fr, en
 */
export function localesFor(locale: string | null | undefined, house: string): string[] {
  const wanted = locale ? [locale, locale.split('-')[0]!] : [];
  return [...new Set([...wanted, house, 'en'])];
}

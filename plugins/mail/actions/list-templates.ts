import type { Cradle, MailTemplate } from 'kontor/sdk';
import { type OwnTexts, ownTextsOf } from '../services/own-texts.ts';
import { findTemplate } from '../services/find-template.ts';

/** Every template of the plugins that are on, and in which languages the store has words of its own. */
export async function listTemplates({ database, points, stores }: Cradle) {
  const own = await database.query<{ template: string; locale: string }>(
    'select template, locale from mail.texts where store_id = $1 order by template, locale',
    [stores.current().id],
  );
  return points.entries('mailTemplates').map(({ plugin, value: { code, title, texts } }) => ({
    ...{ code, title, plugin, locales: Object.keys(texts) },
    ownLocales: own.filter(({ template }) => template === code).map(({ locale }) => locale),
  }));
}

/** One template: the plugin's words and the store's, by language. */
export async function readTemplate(
  code: string,
  services: Cradle,
): Promise<(MailTemplate & { own: Record<string, OwnTexts> }) | undefined> {
  const template = findTemplate(code, services.points);
  if (!template) return undefined;
  const own = await ownTextsOf(code, services);
  return { ...template, own: Object.fromEntries(own.map((one) => [one.locale, one])) };
}

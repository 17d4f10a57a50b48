import { type Cradle, type MailTemplate, ok, refused, type Result } from 'kontor/sdk';
import { HTML_LAYOUT, letterColour, partialsFor, TEXT_LAYOUT } from '../emails/layout.ts';
import { localesFor } from './find-template.ts';
import { mailSettings, type MailSettings } from './settings.ts';
import { type OwnTexts, ownTextsOf } from './own-texts.ts';

type Needs = Pick<Cradle, 'database' | 'liquid' | 'platform' | 'settings' | 'stores'>;
type Words = { readonly subject: string; readonly html: string; readonly text: string };
/** `note` says that words of the store were set aside, and why. */
export type Rendered = Words & { readonly note?: string };
type Facts = {
  readonly template: string;
  readonly locale: string;
  readonly data: Record<string, unknown>;
  readonly partials: Readonly<Record<string, string>>;
};

/**
 * Makes a mail: the store's own words when it has some, else those of the plugin, in the best language there is.
 *
 * Own words that cannot be rendered are set aside: a customer gets the usual mail rather than none.
 */
export async function renderLetter(
  input: {
    template: MailTemplate;
    locale?: string | null | undefined;
    data: Readonly<Record<string, unknown>>;
    /** Words to try, as a person has typed them; nothing is set aside then. */
    draft?: Words;
  },
  services: Needs,
): Promise<Result<Rendered, 'brokenTemplate'>> {
  const { template, draft } = input;
  const store = services.stores.maybeCurrent();
  const wanted = localesFor(input.locale, store?.locale ?? 'en');
  const own = draft || !store ? [] : await ownTextsOf(template.code, services);
  const { locale, words, usual } = choose(template, wanted, own);
  const settings = await mailSettings(services);
  const facts = {
    template: template.code,
    locale: input.locale && input.locale.split('-')[0] === locale.split('-')[0] ? input.locale : locale,
    data: { ...input.data, ...surroundings(settings, services) },
    partials: partialsFor(settings.accentColour),
  };
  const rendered = await renderWords(draft ?? words ?? usual, facts, services);
  if (rendered.ok || !words || draft) return rendered;
  const instead = await renderWords(usual, facts, services);
  const note = `own words set aside: ${String(rendered.details.message)} (line ${String(rendered.details.line)})`;
  return instead.ok ? ok({ ...instead.value, note }) : instead;
}

/** The first language that has words at all; there the store's own come first. */
function choose({ texts }: MailTemplate, wanted: readonly string[], own: readonly OwnTexts[]) {
  const all = [...wanted, ...Object.keys(texts)];
  const hasWords = (one: string) => Object.hasOwn(texts, one) || own.some(({ locale }) => locale === one);
  const locale = all.find(hasWords)!;
  const usual = texts[all.find((one) => Object.hasOwn(texts, one))!]!;
  return { locale, words: own.find((one) => one.locale === locale), usual };
}

/** What every template can show besides its own data. */
function surroundings(settings: MailSettings, { platform, stores }: Needs) {
  const store = stores.maybeCurrent();
  return {
    store: store
      ? { name: store.name, url: platform.storeOrigin(store) }
      : { name: settings.fromName, url: platform.origin },
    mail: {
      footer: settings.footer,
      accentColour: settings.accentColour,
      onAccent: letterColour(settings.accentColour),
    },
  };
}

async function renderWords(
  words: Words,
  { template, locale, data, partials }: Facts,
  { liquid }: Needs,
): Promise<Result<Words, 'brokenTemplate'>> {
  const render = (source: string, part: string, scope: object = {}) =>
    liquid.render(source, { name: `${template}/${part}`, data, locale, partials, ...scope });
  const subject = await render(words.subject, 'subject', { isHtml: false });
  if (!subject.ok) return subject;
  const content = await render(words.html, 'html');
  if (!content.ok) return content;
  const text = await render(words.text, 'text', { isHtml: false });
  if (!text.ok) return text;
  const around = { ...data, locale, subject: subject.value };
  const html = await render(HTML_LAYOUT, 'layout', { data: { ...around, content: content.value } });
  if (!html.ok) return html;
  const plain = await render(TEXT_LAYOUT, 'layout', {
    isHtml: false,
    data: { ...around, content: text.value.trim() },
  });
  if (!plain.ok) return refused('brokenTemplate', plain.details);
  return ok({ subject: subject.value.replace(/\s+/g, ' ').trim(), html: html.value, text: plain.value });
}

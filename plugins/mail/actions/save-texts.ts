import { type Actor, type Cradle, ok, refused, type Result } from 'kontor/sdk';
import { findTemplate } from '../services/find-template.ts';
import type { OwnTexts } from '../services/own-texts.ts';
import { ownTextsOf } from '../services/own-texts.ts';

export type Draft = { readonly subject: string; readonly html: string; readonly text: string };
type Refusal = 'unknownTemplate' | 'brokenTemplate' | 'changed';

/**
 * Keeps a store's own words for a template, once they are known to be templates.
 *
 * @param version - what they were made from; 0 where the store had none
 * @returns `changed` with who was faster
 */
export async function saveTexts(
  input: { template: string; locale: string; draft: Draft; version: number },
  services: Cradle,
): Promise<Result<OwnTexts, Refusal>> {
  const { clock, database, liquid, points, stores } = services;
  const { template, locale, draft, version } = input;
  if (!findTemplate(template, points)) return refused('unknownTemplate', { template });
  for (const [part, source] of Object.entries(draft)) {
    const checked = liquid.check(source, `${template}/${part}`);
    if (!checked.ok) return checked;
  }
  const by = nameOf(stores.actor());
  const values = [stores.current().id, template, locale, draft.subject, draft.html, draft.text];
  const changed = version === 0 ? INSERT : UPDATE;
  const [row] = await database.query(changed, [
    ...values,
    clock.now(),
    by,
    ...(version === 0 ? [] : [version]),
  ]);
  const now = (await ownTextsOf(template, services)).find((one) => one.locale === locale);
  if (row && now) return ok(now);
  const { version: current = 0, changedBy, changedAt } = now ?? {};
  return refused('changed', { version: current, changedBy, changedAt });
}

const INSERT = `insert into mail.texts (store_id, template, locale, subject, html, text, changed_at, changed_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (store_id, template, locale) do nothing returning version`;
const UPDATE = `update mail.texts set subject = $4, html = $5, text = $6, changed_at = $7, changed_by = $8,
    version = version + 1
  where store_id = $1 and template = $2 and locale = $3 and version = $9 returning version`;

/** Takes a store's own words away; the plugin's are used again. */
export async function revertTexts(
  { template, locale }: { template: string; locale: string },
  { database, stores }: Cradle,
): Promise<Result<undefined, 'notFound'>> {
  const gone = await database.query(
    'delete from mail.texts where store_id = $1 and template = $2 and locale = $3 returning version',
    [stores.current().id, template, locale],
  );
  return gone.length > 0 ? ok() : refused('notFound');
}

function nameOf(actor: Actor): string {
  if (actor.kind === 'user' || actor.kind === 'customer') return actor.email;
  return actor.kind === 'apiKey' ? actor.name : actor.kind;
}

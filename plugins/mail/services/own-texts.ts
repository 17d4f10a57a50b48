import type { Cradle } from 'kontor/sdk';

/** Words of a store instead of a plugin's. */
export type OwnTexts = {
  readonly locale: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly version: number;
  readonly changedAt: Date;
  readonly changedBy: string;
};

/** What the current store wrote for a template, in each language it did. */
export function ownTextsOf(
  template: string,
  { database, stores }: Pick<Cradle, 'database' | 'stores'>,
): Promise<OwnTexts[]> {
  return database.query<OwnTexts>(
    `select locale, subject, html, text, version, changed_at as "changedAt", changed_by as "changedBy"
     from mail.texts where store_id = $1 and template = $2 order by locale`,
    [stores.current().id, template],
  );
}

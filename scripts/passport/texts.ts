import { IntlMessageFormat } from 'intl-messageformat';
import { silentLog } from '../../sdk/testing/database.ts';
import { readLocales } from '../../kernel/i18n/catalogue.ts';
import type { Found } from '../../kernel/plugins/discover.ts';
import { type Family, verdict } from './family.ts';
import type { RuleResult } from './index.ts';

const LAST_RESORT = 'en'; // what is read where a language has no text

/** Every language says everything: files are JSON, messages are ICU messages, and no key is in one language only. */
export async function checkTexts(family: Family): Promise<RuleResult> {
  const faults = (await Promise.all(family.plugins.map(faultsOf))).flat();
  return verdict('texts', faults, 'Its texts can be read in every language it has');
}

async function faultsOf({ folder, manifest: { id } }: Found): Promise<string[]> {
  const lines: Parameters<typeof silentLog>[0] = [];
  const catalogue = await readLocales(folder, id, silentLog(lines));
  if (catalogue.size === 0) return [];
  const faults = lines.map(({ message }) => message);
  const every = new Set([...catalogue.values()].flatMap((messages) => [...messages.keys()]));
  for (const locale of new Set([LAST_RESORT, ...catalogue.keys()])) {
    const file = `locales/${locale}.json of plugin '${id}'`;
    const messages = catalogue.get(locale) ?? new Map<string, string>();
    const missing = [...every].filter((key) => !messages.has(key));
    if (missing.length > 0) faults.push(`${file} has no ${missing.map((key) => `'${key}'`).join(', ')}`);
    for (const [key, message] of messages) {
      const fault = faultOf(message, locale);
      if (fault) faults.push(`${file}: '${key}' is no ICU message: ${fault}`);
    }
  }
  return faults;
}

function faultOf(message: string, locale: string): string | undefined {
  try {
    new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

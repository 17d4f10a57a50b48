import type { Cradle } from 'kontor/sdk';
import type { Synonyms } from './ask.ts';
import { fold } from './words.ts';

type Settings = { synonyms: { words: string[] }[]; forgiveSlips: boolean };

/** What a store has set; no query when warm. */
export async function readSettings({
  settings,
}: Cradle): Promise<{ synonyms: Synonyms; forgivesSlips: boolean }> {
  const { synonyms, forgiveSlips } = await settings.get<Settings>();
  return { synonyms: synonyms.map(({ words }) => words.map(fold)), forgivesSlips: forgiveSlips };
}

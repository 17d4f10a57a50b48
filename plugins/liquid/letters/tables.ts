import { FILTERS } from '../engine/filters/index.ts';
import type { Tables } from '../engine/parsing/unit.ts';
import { RAW, TAGS } from '../engine/tags/index.ts';
import { date } from './date.ts';
import { escapeLetter, escapingFilters } from './escape.ts';
import { money, number } from './money.ts';

// Those that name files or hold parts of themes are not there.
const NAMES =
  'assign capture case comment cycle decrement increment echo for if liquid raw render tablerow unless break continue #';

// What a letter needs. Others hash, or are made for themes.
const STANDARD =
  'strip lstrip rstrip strip_newlines strip_html upcase downcase capitalize append prepend replace replace_first replace_last remove remove_first remove_last split truncate truncatewords slice url_encode url_decode base64_encode base64_decode ' +
  'abs at_least at_most ceil divided_by floor minus modulo plus round times ' +
  'compact concat first join last map reverse size sort sort_natural sum uniq where reject has find find_index default json';

/** What letters and documents may use: output is escaped for HTML, or as it is. */
export function letterTables({ isHtml }: { isHtml: boolean }): Tables {
  return {
    tags: only(TAGS, NAMES),
    filters: { ...only(FILTERS, STANDARD), money, number, date, ...escapingFilters({ isHtml }) },
    raw: new Set(RAW),
    ...(isHtml ? { escape: escapeLetter } : {}),
  };
}

function only<Value>(table: Readonly<Record<string, Value>>, names: string): Record<string, Value> {
  return Object.fromEntries(names.split(' ').map((name) => [name, table[name]!]));
}

import { line, slug } from './texts.ts';

const MOST = 50; // of an article

/** Tags as they are kept: tidy, each once whatever its spelling. */
export function tidyTags(tags: readonly string[]): { tags: string[]; keys: string[] } {
  const known = new Map(
    tags
      .map((tag) => line(tag, 60))
      .toReversed()
      .map((tag) => [tagKey(tag), tag]),
  );
  known.delete('');
  const entries = [...known].toReversed().slice(0, MOST);
  return { tags: entries.map(([, tag]) => tag), keys: entries.map(([key]) => key) };
}

/** The same for every spelling of a tag; also what stands in addresses. */
export function tagKey(tag: string): string {
  return slug(tag);
}

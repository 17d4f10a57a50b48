import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export type Page = { readonly file: string; readonly text: string };

/** Every page of this repository, by its path from the root. */
export const pages: readonly Page[] = globSync('{*.md,{docs,plugins,examples,themes}/**/*.md}', { cwd: root })
  .sort()
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** Code of a page in one language, fences excluded; `file` is the path that the line before it names. */
export function codeIn({ text }: Page, language: string): { file: string | undefined; code: string }[] {
  const blocks = /(?:^`([^`\n]+)`:\n\n)?^```(\w+)\n([\s\S]*?)^```$/gm;
  return [...text.matchAll(blocks)]
    .filter(([, , lang]) => lang === language)
    .map(([, file, , code]) => ({ file, code: code! }));
}

/** Anchors of a page's headings, as they are made of their words. */
export function anchorsOf({ text }: Page): Set<string> {
  const counts = new Map<string, number>();
  const headings = text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, words]) => {
      const anchor = words!
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(/\s/g, '-');
      const count = counts.get(anchor) ?? 0;
      counts.set(anchor, count + 1);
      return count === 0 ? anchor : `${anchor}-${count}`;
    }),
  );
}

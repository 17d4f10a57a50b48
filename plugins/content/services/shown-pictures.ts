import type { Cradle, Id } from 'kontor/sdk';

const MOST = 500;

/** Numbers of the store's own pictures that texts show, so that nobody removes one that is in use. */
export async function shownPictures(
  { media }: Pick<Cradle, 'media'>,
  bodies: readonly (string | undefined)[],
): Promise<Id[]> {
  const paths = bodies.flatMap((body) =>
    [...(body ?? '').matchAll(/<img[^>]*? src="(?:https?:\/\/[^"/]+)?(\/media\/[^"?#]+)/g)].map(
      ([, path]) => path!,
    ),
  );
  const wanted = [...new Set(paths)].slice(0, MOST);
  if (wanted.length === 0 || !media) return [];
  return [...new Set((await media.byPaths(wanted)).values())];
}

import { KontorError } from 'kontor/sdk';

/** A page of a list; the first one when the cursor is none of this list: somebody keeps old links, or makes up new ones. */
export async function orFirstPage<Page>(
  cursor: string | undefined,
  read: (from: { cursor?: string }) => Promise<Page>,
): Promise<Page> {
  if (cursor === undefined) return read({});
  try {
    return await read({ cursor });
  } catch (error) {
    if (error instanceof KontorError && error.code.endsWith('_ERR_CURSOR')) return read({});
    throw error;
  }
}

import { refused } from 'kontor/sdk';

/** Nothing of this store. Routes that answer it map it to 404. */
export const NOT_FOUND = refused('notFound');
export const notFound = { notFound: 404 } as const;

import { nearest } from '../config/nearest.ts';

/** The known name that is most like a wrong one, in words that end a sentence: what the author probably meant. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const names = [...known];
  const near = nearest(name, names);
  if (near) return `did you mean '${near}'?`;
  return names.length === 0 ? 'there is none' : `known are ${names.sort().join(', ')}`;
}

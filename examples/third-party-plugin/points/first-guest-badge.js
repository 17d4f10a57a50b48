/** A badge is a function of an entry: it gives a word to show beside the name, or nothing. */
export function firstGuestBadge(entry) {
  return entry.id === 1 ? 'first guest' : undefined;
}

const NONE: readonly never[] = Object.freeze([]);

/** A list that stays as long as its template: no longer than it is, where one that has grown has room for 17. */
export function kept<Item>(list: readonly Item[]): readonly Item[] {
  return list.length === 0 ? NONE : list.slice();
}

import type { LiquidDrop } from 'kontor/sdk';
import type { Cut, Page } from '../page.ts';

/** A list that `paginate` can cut: which part is loaded is decided before it is. */
export type Pageable = {
  readonly key: string;
  /** @returns undefined while it is not loaded */
  part(
    cut: Cut,
  ):
    | { readonly items: readonly unknown[]; readonly total: number | undefined; readonly hasNext: boolean }
    | undefined;
};

const WHOLE = 50; // entries of a list that nobody cuts

/** A list whose entries are the part that the `paginate` around it says. */
export function listDrop(page: Page, pageable: Pageable): LiquidDrop {
  const items = () =>
    pageable.part(page.pass.cuts.get(pageable.key) ?? { page: 1, size: WHOLE })?.items ?? [];
  const drop: LiquidDrop = {
    liquidGet: () => undefined,
    liquidItems: items,
    liquidJson: items,
    get liquidSize() {
      return items().length;
    },
  };
  pageables.set(drop, pageable);
  return drop;
}

/** Of a list that was made here; undefined for one that is there as it is. */
export function pageableOf(value: unknown): Pageable | undefined {
  return typeof value === 'object' && value !== null ? pageables.get(value) : undefined;
}

const pageables = new WeakMap<object, Pageable>();

import type { LiquidDrop, LiquidTag } from 'kontor/sdk';
import { type Page, pageOf } from '../page.ts';
import { pageableOf } from '../drops/list.ts';
import { defineDrop, plainDrop } from '../drops/drop.ts';

const MOST = 250; // entries of a page
const USUAL = 50;
const AROUND = 2; // pages that are told beside the present one

type Paginate = {
  readonly page: Page;
  readonly size: number;
  readonly at: number;
  readonly items: number;
  readonly pages: number;
  readonly around: number;
};

/** `{% paginate collection.products by 24 %}`: what stands inside sees one page of the list. */
export const paginateTag: LiquidTag = {
  body: 'liquid',
  compile({ read, body }) {
    const list = read.value();
    read.take('by');
    const by = read.value();
    const { window_size: around } = read.named();
    return (run) => {
      const page = pageOf(run);
      const { values, pass } = page;
      const asked = Math.trunc(values.number(by?.(run) ?? USUAL));
      const size = Math.min(MOST, asked > 0 ? asked : USUAL);
      const at = pageNumber(page);
      const value = list?.(run);
      const pageable = pageableOf(value);
      const outer = pageable && pass.cuts.get(pageable.key);
      if (pageable) pass.cuts.set(pageable.key, { page: at, size });
      const part = pageable?.part({ page: at, size });
      const items = pageable
        ? (part?.total ?? (part ? (at - 1) * size + part.items.length + (part.hasNext ? 1 : 0) : 0))
        : values.list(value).length;
      const pages = Math.max(1, Math.ceil(items / size));
      const window = around ? Math.trunc(values.number(around(run))) : AROUND;
      const paginate = paginateDrop({
        page,
        size,
        at,
        items,
        pages,
        around: Math.min(50, Math.max(1, window)),
      });
      try {
        run.with({ paginate }, () => body(run));
      } finally {
        if (pageable && outer) pass.cuts.set(pageable.key, outer);
        // It stays cut behind the tag, too: how many products there are is asked there.
      }
    };
  },
};

/** From 1; a made-up one is as far as anybody may leaf. */
export function pageNumber({ asked }: Page): number {
  const number = Math.trunc(Number(asked.query.get('page')));
  return number >= 1 ? Math.min(number, 1000) : 1;
}

export const paginateDrop = defineDrop<Paginate>('paginate', {
  current_page: ({ at }) => at,
  current_offset: ({ at, size }) => (at - 1) * size,
  items: ({ items }) => items,
  page_size: ({ size }) => size,
  pages: ({ pages }) => pages,
  page_param: () => 'page',
  previous: (self) => (self.at > 1 ? partDrop('&laquo; Previous', address(self.page, self.at - 1)) : null),
  next: (self) => (self.at < self.pages ? partDrop('Next &raquo;', address(self.page, self.at + 1)) : null),
  parts: (self) => parts(self),
});

function parts({ page, at, pages, around }: Paginate): LiquidDrop[] {
  if (pages < 2) return [];
  const near = Array.from({ length: pages }, (_, place) => place + 1).filter(
    (number) => number === 1 || number === pages || Math.abs(number - at) <= around,
  );
  return near.flatMap((number, place) => {
    const isGap = place > 0 && number - near[place - 1]! > 1;
    const part =
      number === at ? partDrop(String(number), null) : partDrop(String(number), address(page, number));
    return isGap ? [partDrop('…', null), part] : [part];
  });
}

function partDrop(title: string, url: string | null): LiquidDrop {
  return plainDrop({ title, url, is_link: url !== null });
}

function address({ asked }: Page, number: number): string {
  const query = new URLSearchParams(asked.query);
  for (const name of ['section_id', 'sections']) query.delete(name);
  query.set('page', String(number));
  return `${asked.path}?${query}`;
}

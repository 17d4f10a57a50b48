import type {
  Actor,
  Cart,
  Cradle,
  LiquidEngine,
  LiquidFuel,
  LiquidRun,
  LiquidValues,
  StoreRef,
} from 'kontor/sdk';
import type { ReadyBlock, ReadySection } from '../themes/model/ready.ts';
import type { ThemeCode } from './code/theme-code.ts';
import type { Wants } from './data/wants.ts';
import type { Customer } from './data/customer.ts';
import type { ShopWords } from '../services/words.ts';

export type PageKind =
  | 'index'
  | 'product'
  | 'collection'
  | 'list-collections'
  | 'cart'
  | 'search'
  | 'page'
  | 'blog'
  | 'article'
  | '404'
  | 'password'
  | 'gift_card'
  | 'policy'
  | `customers/${string}`;

/** What the address asks for. */
export type Asked = {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly host: string;
};

/** A page while it is made: whose it is, for whom, of what, and what its templates have said so far. */
export type Page = {
  readonly code: ThemeCode;
  readonly engine: LiquidEngine;
  readonly values: LiquidValues;
  readonly store: StoreRef;
  readonly origin: string;
  readonly locale: string;
  readonly now: Date;
  readonly actor: Actor;
  readonly asked: Asked;
  readonly kind: PageKind;
  readonly template: { readonly path: string; readonly name: string; readonly suffix: string | null };
  readonly wants: Wants;
  readonly cart: Cart | undefined;
  readonly customer: Customer | undefined;
  readonly isTaxIncluded: boolean;
  /** What the store says of itself. */
  readonly words: ShopWords;
  /** Things of this page: `product`, `collection`, `page_title` and so on. */
  readonly subject: Readonly<Record<string, unknown>>;
  readonly say: (key: string, values?: Record<string, string | number>) => string;
  readonly fuel: LiquidFuel;
  /** What is the same in every pass, or begins anew in each. */
  readonly pass: Pass;
  readonly services: Pick<Cradle, 'log'>;
};

/** What belongs to one pass. */
export type Pass = {
  /** The globals of the page, made once. */
  globals: Globals;
  container: Container | undefined;
  closest: Readonly<Record<string, unknown>>;
  /** How lists are cut while a `paginate` stands around them, by the key of the list. */
  readonly cuts: Map<string, Cut>;
  readonly problems: string[];
  sections: number;
};

export type Cut = { readonly page: number; readonly size: number };
/** What is being rendered: its blocks are those that `content_for` means. */
export type Container = {
  readonly section: ReadySection;
  readonly part: ReadySection | ReadyBlock;
  readonly sectionDrop: unknown;
};
/** A look-up of global names. */
export type Globals = { liquidGet(key: string): unknown };

/** The page of a tag or a filter. */
export function pageOf(run: LiquidRun): Page {
  return run.registers.page as Page;
}

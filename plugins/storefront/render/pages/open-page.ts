import type { Cradle, LiquidFuel, RouteRequest, ThemeTree } from 'kontor/sdk';
import { pageLocale } from '../../services/locale.ts';
import { cartToken, lookOf } from '../../services/visitor.ts';
import { type WordSettings, wordsIn } from '../../services/words.ts';
import { PREVIEW_COOKIE } from '../../themes/routes/preview.ts';
import { customerOf } from '../data/customer.ts';
import { load as loadWants } from '../data/load.ts';
import { type Kind, Wants } from '../data/wants.ts';
import type { Asked, Page, Pass } from '../page.ts';
import { renderPass, type Written } from '../render-page.ts';
import { type Renderer, rendererOf } from '../renderer.ts';
import type { Spec } from './specs.ts';

export type Asking = RouteRequest<unknown, unknown, unknown>;

/** A page that was made, or why there is none. */
export type Shown =
  | ({ readonly kind: 'shown'; readonly page: Page } & Written & { sections?: Record<string, string | null> })
  | { readonly kind: 'moved'; readonly address: string }
  | { readonly kind: 'nothing' };

/** What visitors see: the theme of a signed link, else the one that is live. */
export async function themeOf(
  { cookies }: Pick<Asking, 'cookies'>,
  { themes, settings }: Pick<Cradle, 'themes' | 'settings'>,
): Promise<ThemeTree | undefined> {
  const token = cookies[PREVIEW_COOKIE];
  const preview = token ? await themes.preview(token) : undefined;
  if (preview) return preview;
  const { plainPages } = await settings.get<{ plainPages: boolean }>();
  return plainPages ? undefined : themes.live();
}

const PASSES = 5;
const MOST_REMEMBERED = 5000;
/** What templates ask for by the same name each time. */
const STEADY: readonly Kind[] = [
  'menu',
  'collection',
  'collections',
  'listing',
  'product',
  'picture',
  'metaobject',
  'facets',
];
const MOST_STEADY = 50;

type Remembered = { keys: readonly [Kind, string][]; isFull: boolean; size: number | undefined };
/** What a template has asked for, by theme and template: it is loaded before the first pass, so that one is enough. */
const remembered = new Map<string, Remembered>();

/**
 * Makes a page of a theme.
 *
 * @param sections - only these, by their ids
 * @returns undefined when the theme has no template for it
 */
export async function showPage(
  request: Asking,
  services: Cradle,
  input: {
    spec: Spec;
    asked: Asked;
    tree: ThemeTree;
    sections?: readonly string[];
    subject?: (page: Page) => Record<string, unknown>;
    cart?: Page['cart'];
  },
): Promise<Shown | undefined> {
  const { spec, asked, tree, sections } = input;
  const renderer = rendererOf(services);
  const template = templateOf(tree, spec.name, asked.query.get('view'));
  if (!template) return undefined;
  const page = await openPage(request, services, { spec, asked, tree, template, renderer, cart: input.cart });
  const place = `${tree.key} ${template.path} ${spec.kind} ${sections?.join(',') ?? ''}`;
  const before = remembered.get(place);
  const isFull = before?.isFull ?? false;
  const load = () => loadWants({ wants: page.wants, services, locale: page.locale, say: page.say, isFull });
  for (const [kind, key] of before?.keys ?? []) page.wants.want(kind, key);
  const begun = await spec.begin({ page, load, size: before?.size });
  if (!begun) return { kind: 'nothing' };
  if ('moved' in begun) return { kind: 'moved', address: begun.moved };
  Object.assign(page.subject, begun.subject, input.subject?.(page));
  if (page.wants.isHungry) await load();
  const written = await settle(page, load, sections);
  remember(place, page);
  if (written.problems.length > 0) {
    services.log.debug(
      { theme: tree.key, template: template.path, problems: written.problems.slice(0, 20) },
      'a template has problems',
    );
  }
  return { kind: 'shown', page, ...written };
}

/** Renders until nothing is missing; a page that asks for ever more is shown as it is then. */
async function settle(page: Page, load: () => Promise<void>, sections: readonly string[] | undefined) {
  for (let pass = 1; ; pass += 1) {
    let written: ReturnType<typeof renderPass>;
    try {
      written = renderPass(page, sections);
    } catch (error) {
      if (!page.engine.isFuelError(error)) throw error;
      return overspent(page, error);
    }
    if (!page.wants.isHungry || pass >= PASSES) return written;
    await load();
  }
}

/** The fuel of the whole page is used up: it says which template did that. */
function overspent(page: Page, error: Error & { template?: string; line?: number }) {
  const where = `${error.template ?? page.template.path} line ${error.line ?? 1}`;
  const text = `Liquid error (${where}): ${error.message}`;
  return {
    html: `<!doctype html><title>${page.store.name.replace(/[<&]/g, '')}</title><p>${page.values.escape(text)}</p>`,
    problems: [text],
  };
}

async function openPage(
  request: Asking,
  services: Cradle,
  input: {
    spec: Spec;
    asked: Asked;
    tree: ThemeTree;
    template: Page['template'];
    renderer: Renderer;
    cart?: Page['cart'];
  },
): Promise<Page> {
  const { store, actor } = request;
  const { carts, i18n, platform, settings, tax, clock, liquid } = services;
  const { asked, spec, renderer } = input;
  const locale = pageLocale(request, asked.query.get('locale') ?? undefined);
  const token = cartToken(request);
  const [cart, customer, { taxIncluded, country }, words] = await Promise.all([
    input.cart ?? (token === undefined ? undefined : carts.byToken(token, lookOf(request, locale))),
    customerOf(request, services, { isWhole: spec.isWhole === true }),
    tax.settings(),
    settings.get<WordSettings>(),
  ]);
  const pass: Pass = {
    globals: { liquidGet: () => undefined },
    container: undefined,
    closest: {},
    cuts: new Map(),
    problems: [],
    sections: 0,
  };
  const fuel: LiquidFuel = renderer.engine.fuel();
  return {
    code: renderer.codes(input.tree),
    engine: renderer.engine,
    values: liquid.values,
    store,
    origin: platform.storeOrigin(store),
    locale,
    now: clock.now(),
    actor,
    asked,
    kind: spec.kind,
    template: input.template,
    wants: new Wants(),
    cart,
    customer,
    isTaxIncluded: taxIncluded,
    words: wordsIn(words, locale),
    subject: { country },
    say: (key, values) => i18n.text(key, values, locale),
    fuel,
    pass,
    services,
  };
}

/** `product.special.json` for `?view=special`, else `product.json`, else Liquid of the same name. */
function templateOf(tree: ThemeTree, name: string, view: string | null): Page['template'] | undefined {
  const suffix = view && /^[\w.-]{1,60}$/.test(view) ? view : null;
  for (const [end, chosen] of [
    [suffix ? `.${suffix}` : '', suffix],
    ['', null],
  ] as const) {
    const path = ['json', 'liquid']
      .map((type) => `templates/${name}${end}.${type}`)
      .find((one) => tree.has(one));
    if (path) return { path, name, suffix: chosen };
  }
  return undefined;
}

function remember(place: string, page: Page): void {
  const own = page.subject.handle;
  const cut = [...page.pass.cuts].find(([key]) => key.includes(`"collection":${JSON.stringify(own)}`))?.[1];
  const keys = page.wants
    .used(STEADY)
    .filter(
      ([kind, key]) =>
        key !== own && !(kind === 'listing' || kind === 'facets' ? isOfPage(key, page) : false),
    )
    .slice(0, MOST_STEADY);
  if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!);
  const isOwn = (key: string) =>
    page.kind === 'product' && page.wants.get('product', String(own))?.id === Number(key);
  const isFull = page.wants.used(['productById']).some(([, key]) => !isOwn(key));
  remembered.set(place, { keys, isFull, size: page.kind === 'collection' ? (cut?.size ?? 50) : undefined });
}

/** A list that the address says, and not the template. */
function isOfPage(key: string, page: Page): boolean {
  return (
    key.includes('"text":') || key.includes(`"collection":${JSON.stringify(page.subject.handle ?? null)}`)
  );
}

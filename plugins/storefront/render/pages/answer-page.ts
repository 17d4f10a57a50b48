import type { Cradle } from 'kontor/sdk';
import type { Cart } from 'kontor/sdk';
import type { Page } from '../page.ts';
import { type Asking, showPage, type Shown, themeOf } from './open-page.ts';
import { NOT_FOUND, type Spec, specOf } from './specs.ts';

const MOST_SECTIONS = 5;
const NO_SUCH_SECTION = '';

/**
 * Answers an address by the theme of the store: a whole page, or the sections that `section_id` or `sections` name.
 *
 * @returns undefined when there is no theme, or it has no template for this
 */
export async function answerPage(
  request: Asking,
  services: Cradle,
  input: { path: string; spec?: Spec; status?: number; subject?: (page: Page) => Record<string, unknown> },
): Promise<string | object | undefined> {
  const tree = await themeOf(request, services);
  const spec = input.spec ?? specOf(input.path);
  if (!tree || !spec) return undefined;
  const query = queryOf(request.query);
  const asked = { path: input.path, query, host: request.host };
  const wanted = sectionsOf(query);
  const { reply } = request;
  if (wanted && wanted.ids.length > MOST_SECTIONS) {
    reply.status(400);
    return { status: 400, message: 'Bad Request', description: `At most ${MOST_SECTIONS} sections at once` };
  }
  const shown = await showPage(request, services, {
    spec,
    asked,
    tree,
    ...(wanted && { sections: wanted.ids }),
    ...(input.subject && { subject: input.subject }),
  });
  if (!shown) return undefined;
  if (shown.kind === 'moved') return moved(request, shown.address, query);
  if (shown.kind === 'nothing') return answerNotFound(request, services, input.path);
  reply.header('cache-control', 'private, no-cache').header('vary', 'accept-language, cookie, accept');
  if (shown.sections) return answerSections(request, shown.sections, wanted!.isOne);
  return html(request, shown, input.status ?? 200);
}

/** The page of the theme that says that there is nothing here; undefined when it has none. */
export async function answerNotFound(
  request: Asking,
  services: Cradle,
  path: string,
): Promise<string | object | undefined> {
  const tree = await themeOf(request, services);
  if (!tree) return undefined;
  const asked = { path, query: new URLSearchParams(), host: request.host };
  const shown = await showPage(request, services, { spec: NOT_FOUND, asked, tree });
  return shown?.kind === 'shown' ? html(request, shown, 404) : undefined;
}

/** Sections for the answer of a cart: of the page that the visitor is on. */
export async function bundledSections(
  request: Asking,
  services: Cradle,
  { ids, address, cart }: { ids: readonly string[]; address: string; cart: Cart | undefined },
): Promise<Record<string, string | null>> {
  const none = () => Object.fromEntries(ids.map((id) => [id, null]));
  const tree = await themeOf(request, services);
  if (!tree) return none();
  const { pathname, searchParams } = new URL(address, 'http://store.invalid');
  const find = (spec: Spec, path: string) =>
    showPage(request, services, {
      spec,
      asked: { path, query: searchParams, host: request.host },
      tree,
      sections: ids,
      cart,
    });
  const shown = await find(specOf(pathname) ?? specOf('/cart')!, pathname);
  if (shown?.kind === 'shown') return shown.sections ?? none();
  const other = await find(specOf('/')!, '/');
  return other?.kind === 'shown' ? (other.sections ?? none()) : none();
}

/** `sections` as a list, as `a,b`, or as `sections[]`. */
export function sectionIds(raw: unknown): string[] {
  const all = Array.isArray(raw) ? raw : typeof raw === 'string' ? raw.split(',') : [];
  return [...new Set(all.map((one) => String(one).trim()).filter((id) => /^[\w-]{1,200}$/.test(id)))];
}

export function queryOf(raw: unknown): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((raw ?? {}) as object)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && !(name === 'q' && one === '')) query.append(name, String(one));
    }
  }
  return query;
}

function sectionsOf(query: URLSearchParams): { ids: string[]; isOne: boolean } | undefined {
  const one = query.get('section_id');
  if (one) return { ids: sectionIds([one.replace(/^shopify-section-/, '')]), isOne: true };
  const many = [...query.getAll('sections'), ...query.getAll('sections[]')];
  return many.length > 0 ? { ids: sectionIds(many.join(',')), isOne: false } : undefined;
}

function answerSections(
  { reply }: Asking,
  sections: Record<string, string | null>,
  isOne: boolean,
): string | object {
  if (!isOne) return sections;
  const [text] = Object.values(sections);
  reply.type('text/html; charset=utf-8');
  if (typeof text === 'string') return text;
  reply.status(404);
  return NO_SUCH_SECTION;
}

/** Themes write scripts and styles into their pages and load from where they like; nobody frames a store or changes its base. */
const POLICY = "object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

function html({ reply }: Asking, shown: Extract<Shown, { kind: 'shown' }>, status: number): string {
  reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'private, no-cache')
    .header('vary', 'accept-language, cookie, accept')
    .header('content-security-policy', POLICY);
  return shown.html;
}

function moved({ reply }: Asking, address: string, query: URLSearchParams): string {
  const text = String(query);
  reply.redirect(text ? `${address}?${text}` : address, 302);
  return '';
}

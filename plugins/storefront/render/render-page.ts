import type { LiquidEngine, LiquidRun, LiquidTemplate } from 'kontor/sdk';
import { globalsOf } from './globals.ts';
import type { Page, Pass } from './page.ts';
import { groupPlace, numberOf, templatePlace, writeSections, writeStaticSection } from './sections.ts';

/** What one pass has written. */
export type Written = { readonly html: string; readonly problems: readonly string[] };

/** Renders a page or some of its sections as far as its data goes. Synchronous: what is missing is noted in `page.wants`. */
export function renderPass(
  page: Page,
  sections?: readonly string[],
): Written & { sections?: Record<string, string | null> } {
  const problems: string[] = [];
  beginPass(page);
  if (sections) {
    const made = Object.fromEntries(sections.map((id) => [id, sectionHtml(page, id, problems)]));
    return { html: '', sections: made, problems: [...problems, ...page.pass.problems] };
  }
  const html = pageHtml(page, problems);
  return { html, problems: [...problems, ...page.pass.problems] };
}

function beginPass(page: Page): void {
  const pass: Pass = page.pass;
  pass.globals = globalsOf(page);
  pass.container = undefined;
  pass.closest = {};
  pass.cuts.clear();
  pass.problems.length = 0;
  pass.sections = 0;
}

function pageHtml(page: Page, problems: string[]): string {
  const { code, template } = page;
  const json = code.json(template.path);
  let layout: string | null = 'theme';
  let content: string;
  if (json) {
    content = within(page, problems, (run) =>
      writeSections(page, json, { place: templatePlace(page), write: run }),
    );
    if (json.layout === false) layout = null;
    else if (typeof json.layout === 'string') layout = json.layout;
    content = wrapped(content, json.wrapper);
  } else {
    const found = code.template(template.path)!;
    const rendered = render(page, found, {});
    note(rendered.problems, problems);
    content = rendered.text;
    if (rendered.layout !== undefined) layout = rendered.layout;
  }
  if (layout === null) return content;
  const frame = code.template(`layout/${layout}.liquid`) ?? code.template('layout/theme.liquid');
  if (!frame) return content;
  const rendered = render(page, frame, { content_for_layout: content });
  note(rendered.problems, problems);
  return rendered.text;
}

/** One section as scripts ask for it again; null for one that the page does not have. */
function sectionHtml(page: Page, id: string, problems: string[]): string | null {
  const { code, template } = page;
  const [, place, number, key] = /^(template|sections)--(\d+)__(.+)$/.exec(id) ?? [];
  let isThere = true;
  const html = within(page, problems, (run) => {
    if (place === 'sections') isThere = writeOfGroup(page, run, number!, key!);
    else {
      const json = code.json(template.path);
      const only = key ?? id;
      isThere =
        (json !== undefined &&
          Object.hasOwn(json.sections, only) &&
          writeSections(page, json, { place: templatePlace(page), write: run, only })) ||
        (key === undefined && writeStaticSection(page, id, run));
    }
  });
  return isThere ? html : null;
}

function writeOfGroup(page: Page, run: LiquidRun, number: string, only: string): boolean {
  const { tree } = page.code;
  const path = tree.paths.find(
    (one) =>
      /^sections\/[^/]+\.json$/.test(one) &&
      numberOf(one.slice('sections/'.length, -'.json'.length)) === number,
  );
  const group = path && page.code.json(path);
  if (!group) return false;
  const name = path.slice('sections/'.length, -'.json'.length);
  return writeSections(page, group, { place: groupPlace(name, group.type ?? ''), write: run, only });
}

/** Work that writes as tags do, without a template of the theme around it. */
function within(page: Page, problems: string[], work: (run: LiquidRun) => void): string {
  const rendered = render(page, rootOf(page.engine), {}, { work });
  note(rendered.problems, problems);
  return rendered.text;
}

function render(page: Page, template: LiquidTemplate, locals: Record<string, unknown>, registers = {}) {
  const { engine, pass, fuel, locale, store, now, code } = page;
  return engine.render(template, {
    globals: pass.globals,
    locals,
    registers: { page, ...registers },
    fuel,
    locale,
    now,
    timeZone: store.timeZone,
    partial: (name) => code.template(`snippets/${name}.liquid`),
  });
}

const roots = new WeakMap<LiquidEngine, LiquidTemplate>();

function rootOf(engine: LiquidEngine): LiquidTemplate {
  const root = roots.get(engine) ?? engine.compile('{% kontor_sections %}', 'template');
  roots.set(engine, root);
  return root;
}

/** `div#main.wide`, which a JSON template may put around its sections. */
function wrapped(content: string, wrapper: string | undefined): string {
  const [, tag, rest = ''] =
    /^(div|main|section)((?:[#.][\w-]+|\[[\w-]+=[\w-]+\])*)$/.exec(wrapper ?? '') ?? [];
  if (!tag) return content;
  const id = /#([\w-]+)/.exec(rest)?.[1];
  const names = [...rest.matchAll(/\.([\w-]+)/g)].map(([, name]) => name).join(' ');
  return `<${tag}${id ? ` id="${id}"` : ''}${names ? ` class="${names}"` : ''}>${content}</${tag}>`;
}

function note(
  found: readonly { template: string; line: number; message: string; cause?: unknown }[],
  problems: string[],
): void {
  for (const { template, line, message } of found) problems.push(`${template} line ${line}: ${message}`);
}

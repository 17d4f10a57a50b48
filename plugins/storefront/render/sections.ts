import { hash } from 'node:crypto';
import type { LiquidRun } from 'kontor/sdk';
import {
  type ReadyBlock,
  type ReadySection,
  readySections,
  readyStaticBlock,
  readyStaticSection,
} from '../themes/model/ready.ts';
import type { TemplateJson } from '../themes/model/documents.ts';
import { blockOf, sectionDrop } from './drops/section.ts';
import { globalsWith } from './globals.ts';
import { attributes } from './filters/html.ts';
import type { Container, Page } from './page.ts';

/** Where a section stands: it is part of its name in the page. */
export type Place = {
  /** `template--123__` */
  readonly prefix: string;
  readonly location: string;
  readonly className: string;
};

/** Writes HTML of sections and blocks, within a template or on its own. */
export type Write = Pick<LiquidRun, 'render' | 'write'>;

const NESTED = 8; // blocks in blocks

/** `template--123`: the same for the same file, so that scripts can ask for a section again. */
export function numberOf(path: string): string {
  return String(Number.parseInt(hash('sha256', path).slice(0, 12), 16)).slice(0, 14);
}

export const templatePlace = (page: Page): Place => ({
  prefix: `template--${numberOf(page.template.path)}__`,
  location: 'template',
  className: '',
});
export const groupPlace = (name: string, type: string): Place => ({
  prefix: `sections--${numberOf(name)}__`,
  location: type || name,
  className: ` shopify-section-group-${name}`,
});

/** Sections of a template or a group, in order; what the theme does not have is left out. */
export function writeSections(
  page: Page,
  template: TemplateJson,
  { place, write, only }: { place: Place; write: Write; only?: string },
): boolean {
  const { sections, missing } = readySections(template, page.code.schemas);
  for (const { type } of missing) page.pass.problems.push(`There is no section ${type}`);
  let isWritten = false;
  for (const [at, section] of sections.entries()) {
    if (only !== undefined && section.id !== only) continue;
    isWritten = true;
    writeSection(page, section, { place, write, index: at + 1 });
  }
  return isWritten;
}

/** `{% section 'cart-drawer' %}` */
export function writeStaticSection(page: Page, type: string, write: Write): boolean {
  const section = readyStaticSection({ type, section: page.code.settings.sections[type] }, page.code.schemas);
  if (!section) return false;
  if (section.isHidden) return true;
  writeSection(page, section, {
    place: { prefix: '', location: 'static', className: '' },
    write,
    index: null,
  });
  return true;
}

function writeSection(
  page: Page,
  section: ReadySection,
  { place, write, index }: { place: Place; write: Write; index: number | null },
): void {
  const { code, pass } = page;
  const template = code.template(`sections/${section.type}.liquid`);
  if (!template) return;
  const id = `${place.prefix}${section.id}`;
  const drop = sectionDrop({ page, section, id, index, location: place.location });
  const tag = section.schema.tag ?? 'div';
  const outer = { container: pass.container, closest: pass.closest };
  pass.container = { section, part: section, sectionDrop: drop };
  pass.sections += 1;
  const className = `shopify-section${place.className}${section.schema.class ? ` ${section.schema.class}` : ''}`;
  write.write(`<${tag} id="shopify-section-${id}" class="${page.values.escape(className)}">`);
  if (section.customCss.length > 0) {
    const css = section.customCss.join('\n').replaceAll('</', '<\\/');
    write.write(`<style>#shopify-section-${id} {\n${css}\n}</style>`);
  }
  try {
    write.render(template, { globals: globalsWith(pass.globals, { section: drop }), budget: true });
  } finally {
    Object.assign(pass, outer);
  }
  write.write(`</${tag}>`);
}

/** `{% content_for 'blocks' %}`: those of what is being rendered, in order. */
export function writeBlocks(page: Page, run: LiquidRun, given: Readonly<Record<string, unknown>>): void {
  const { container } = page.pass;
  if (!container) return;
  for (const block of container.part.blocks) writeBlock(page, block, { run, container, given });
}

/** `{% content_for 'block', type: 'price', id: 'price' %}`: one that Liquid names; it can be set all the same. */
export function writeStaticBlock(
  page: Page,
  run: LiquidRun,
  { type, id, given }: { type: string; id: string; given: Readonly<Record<string, unknown>> },
): void {
  const { container } = page.pass;
  if (!container) run.fail("content_for 'block' stands in a section or a block");
  const set = container.part.statics[id];
  const block = set ?? readyStaticBlock({ id, type, container: container.part.schema }, page.code.schemas);
  if (!block || !page.code.template(`blocks/${type}.liquid`))
    run.fail(`there is no block ${type.slice(0, 100)}`);
  if (!block.isHidden) writeBlock(page, block, { run, container, given });
}

function writeBlock(
  page: Page,
  block: ReadyBlock,
  {
    run,
    container,
    given,
  }: { run: LiquidRun; container: Container; given: Readonly<Record<string, unknown>> },
): void {
  const { pass, code } = page;
  const template = code.template(`blocks/${block.type}.liquid`);
  // A block of the section itself is written by the section; one of a plugin that is off is not there.
  if (!template) return;
  const depth = (container as Container & { depth?: number }).depth ?? 0;
  if (depth >= NESTED) run.fail(`blocks stand in one another more than ${NESTED} deep`);
  const outer = { container: pass.container, closest: pass.closest };
  const drop = blockOf(page, block, container.section.id);
  const { locals, closest } = splitGiven(given);
  pass.container = { ...container, part: block, depth: depth + 1 } as Container;
  pass.closest = { ...pass.closest, ...closest };
  const { tag } = block.schema;
  if (tag !== null) {
    const className = `shopify-block${block.schema.class ? ` ${block.schema.class}` : ''}`;
    const id = `shopify-block-${drop.liquidGet('id')}`;
    run.write(`<${tag}${attributes({ id, class: className }, page.values)}>`);
  }
  try {
    const globals = globalsWith(pass.globals, { section: container.sectionDrop, block: drop });
    run.render(template, { globals, locals });
  } finally {
    Object.assign(pass, outer);
  }
  if (tag !== null) run.write(`</${tag}>`);
}

/** `closest.product: p` says what `closest.product` is below; everything else is a variable of the block. */
function splitGiven(given: Readonly<Record<string, unknown>>) {
  const entries = Object.entries(given).filter(([name]) => !['type', 'id'].includes(name));
  const closest = entries.flatMap(([name, value]) =>
    name.startsWith('closest.') ? [[name.slice('closest.'.length), value] as const] : [],
  );
  return {
    locals: Object.fromEntries(entries.filter(([name]) => !name.startsWith('closest.'))),
    closest: Object.fromEntries(closest),
  };
}

import type { LiquidExpression, LiquidRun, LiquidTag } from 'kontor/sdk';
import { pageOf } from '../page.ts';
import { valueTag, VALUE_TAG } from '../evaluate.ts';
import { groupPlace, writeBlocks, writeSections, writeStaticBlock, writeStaticSection } from '../sections.ts';
import { formTag } from './form.ts';
import { paginateTag } from './paginate.ts';

/** `{% section 'cart-drawer' %}` */
const section: LiquidTag = {
  compile(tag) {
    const name = tag.read.quoted() ?? tag.fail('"section" needs the quoted name of a section');
    tag.refer('sections', name);
    return (run) => {
      if (!writeStaticSection(pageOf(run), name, run)) run.fail(`there is no section ${name}`);
    };
  },
};

/** `{% sections 'header-group' %}` */
const sections: LiquidTag = {
  compile(tag) {
    const name = tag.read.quoted() ?? tag.fail('"sections" needs the quoted name of a group');
    tag.refer('groups', name);
    return (run) => {
      const page = pageOf(run);
      const group = page.code.json(`sections/${name}.json`);
      if (!group) return run.fail(`there is no group of sections ${name}`);
      writeSections(page, group, { place: groupPlace(name, group.type ?? ''), write: run });
    };
  },
};

/** `{% content_for 'blocks' %}`, `{% content_for 'block', type: 'price', id: 'price', product: p %}` */
const contentFor: LiquidTag = {
  compile(tag) {
    const what = tag.read.quoted();
    const given = dotted(tag.markup) ? dottedNames(tag) : tag.read.named();
    if (what === 'blocks') return (run) => writeBlocks(pageOf(run), run, valuesOf(given, run));
    if (what !== 'block') return tag.fail("\"content_for\" needs 'blocks' or 'block'");
    return (run) => {
      const values = valuesOf(given, run);
      const { values: read } = pageOf(run);
      const type = read.text(values.type);
      const id = read.text(values.id);
      if (type === '' || id === '') return run.fail("content_for 'block' needs type and id");
      writeStaticBlock(pageOf(run), run, { type, id, given: values });
    };
  },
};

type Given = Readonly<Record<string, LiquidExpression>>;

const dotted = (markup: string): boolean => /\bclosest\s*\.\s*\w+\s*:/.test(markup);

/** `closest.product: p`, which no other tag knows. */
function dottedNames({ read }: Parameters<LiquidTag['compile']>[0]): Given {
  const given: Record<string, LiquidExpression> = {};
  while (!read.isAtEnd) {
    if (read.take(',')) continue;
    const word = read.word();
    if (word === undefined) {
      if (read.value() === undefined) break;
      continue;
    }
    const name = read.take('.') ? `${word}.${read.word() ?? ''}` : word;
    const value = read.take(':') ? read.value() : undefined;
    if (value) given[name] = value;
  }
  return given;
}

function valuesOf(given: Given, run: Parameters<LiquidExpression>[0]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, expression]) => [name, expression(run)]));
}

/** `{% style %}`: a style sheet that Liquid writes. */
const style: LiquidTag = {
  body: 'liquid',
  compile:
    ({ body }) =>
    (run) => {
      run.write('<style data-shopify>');
      body(run);
      run.write('</style>');
    },
};

/** Vintage: the products that belong to the one of the page. */
const recommendations: LiquidTag = {
  body: 'liquid',
  compile:
    ({ body }) =>
    (run) =>
      body(run),
};

/** Where the sections of a page are written; no template of a theme needs it. */
const root: LiquidTag = {
  compile: () => (run) => (run.registers.work as ((run: LiquidRun) => void) | undefined)?.(run),
};

/** The tags that know of shops. */
export const SHOP_TAGS: Readonly<Record<string, LiquidTag>> = {
  section,
  sections,
  content_for: contentFor,
  form: formTag,
  paginate: paginateTag,
  style,
  recommendations,
  [VALUE_TAG]: valueTag,
  kontor_sections: root,
};

import fc from 'fast-check';
import t from 'tap';
import type { Json } from 'kontor/sdk';
import { type BlockJson, type TemplateJson, templateOf } from '../themes/model/documents.ts';
import { editSettings } from '../themes/model/edit/edit-settings.ts';
import { editTemplate } from '../themes/model/edit/edit-template.ts';
import type { SettingsEdit, TemplateEdit } from '../themes/model/edit/edits.ts';
import { applyPatch, patchBetween } from '../themes/model/edit/patch.ts';
import { NOTHING_DONE, redo, remember, undo } from '../themes/model/edit/undo.ts';
import { schemasOf } from '../themes/model/schemas-of.ts';
import { templateFaults } from '../themes/model/template-faults.ts';
import { readSettingsData, readSettingsSchema, type SettingsData } from '../themes/model/theme-settings.ts';

const schema = (raw: object) => `{% schema %}${JSON.stringify(raw)}{% endschema %}`;
const title = { type: 'text', id: 'title', label: 'Title' };
const FILES: Record<string, string> = {
  'sections/hero.liquid': schema({
    name: 'Hero',
    limit: 2,
    max_blocks: 3,
    settings: [title, { type: 'range', id: 'gap', label: 'Gap', min: 0, max: 10, default: 1 }],
    blocks: [{ type: 'button', name: 'Button', limit: 2, settings: [title] }, { type: 'group' }],
    presets: [
      { name: 'Plain' },
      {
        name: 'Full',
        settings: { title: 'Full' },
        blocks: [{ type: 'button' }, { type: 'group', blocks: [{ type: 'group' }] }],
      },
    ],
  }),
  'sections/footer.liquid': schema({
    name: 'Footer',
    enabled_on: { groups: ['footer'] },
    presets: [{ name: 'Footer' }],
  }),
  'sections/fixed.liquid': schema({ name: 'Fixed', settings: [title] }),
  'blocks/group.liquid': schema({ name: 'Group', blocks: [{ type: '@theme' }], settings: [title] }),
  'config/settings_schema.json': JSON.stringify([
    {
      name: 'Look',
      settings: [
        { type: 'color', id: 'accent', default: '#000000' },
        {
          type: 'color_scheme_group',
          id: 'schemes',
          definition: [{ type: 'color', id: 'background', default: '#ffffff' }],
        },
      ],
    },
  ]),
  'config/settings_data.json': JSON.stringify({
    current: 'Calm',
    presets: { Calm: { accent: '#111111', schemes: { one: { settings: {} } } }, Loud: { accent: '#ff0000' } },
  }),
};
const schemas = schemasOf((path) => FILES[path]);
const START = templateOf({
  sections: {
    hero: {
      type: 'hero',
      settings: { title: 'Hello' },
      blocks: { b: { type: 'button' } },
      block_order: ['b'],
    },
  },
  order: ['hero'],
} as Json)!;

/** Makes edits one after the other; new ids are counted. */
function editing(start: TemplateJson = START) {
  let count = 0;
  const world = {
    schemas,
    place: { kind: 'template', name: 'index' },
    newId: (type: string) => `${type}-${++count}`,
  } as const;
  return (...edits: TemplateEdit[]): TemplateJson | { code: string }[] => {
    let template = start;
    for (const edit of edits) {
      const made = editTemplate(template, edit, world);
      if (!made.ok) return made.details.faults as { code: string }[];
      template = made.value;
    }
    return template;
  };
}
const codes = (made: TemplateJson | { code: string }[]) =>
  Array.isArray(made) ? made.map(({ code }) => code) : 'made';

t.test('sections are added by preset, moved, copied, hidden and removed', async (t) => {
  const made = editing()(
    { do: 'addSection', type: 'hero', preset: 'Full', at: 0 },
    { do: 'moveSection', section: 'hero-1', at: 5 },
    { do: 'hide', section: 'hero', isHidden: true },
    { do: 'rename', section: 'hero', name: 'Top' },
  );
  t.same(made, {
    sections: {
      hero: {
        ...{
          type: 'hero',
          settings: { title: 'Hello' },
          blocks: { b: { type: 'button' } },
          block_order: ['b'],
        },
        ...{ disabled: true, name: 'Top' },
      },
      'hero-1': {
        type: 'hero',
        settings: { title: 'Full' },
        blocks: {
          'button-2': { type: 'button' },
          'group-3': { type: 'group', blocks: { 'group-4': { type: 'group' } }, block_order: ['group-4'] },
        },
        block_order: ['button-2', 'group-3'],
      },
    },
    order: ['hero', 'hero-1'],
  });
  const copied = editing()(
    { do: 'copy', section: 'hero' },
    { do: 'remove', section: 'hero' },
  ) as TemplateJson;
  t.same([copied.order, Object.keys(copied.sections['hero-2']!.blocks!)], [['hero-2'], ['button-1']]);
});

t.test('blocks are added, moved into others, set and removed', async (t) => {
  const made = editing()(
    { do: 'addBlock', section: 'hero', type: 'group' },
    { do: 'addBlock', section: 'hero', in: ['group-1'], type: 'group' },
    { do: 'set', section: 'hero', block: ['group-1', 'group-2'], values: { title: 'Inner' } },
    { do: 'moveBlock', section: 'hero', block: ['group-1', 'group-2'], to: { section: 'hero', at: 0 } },
    { do: 'remove', section: 'hero', block: ['b'] },
    { do: 'set', section: 'hero', values: { title: null, gap: 3 } },
  ) as TemplateJson;
  t.same(made.sections.hero, {
    type: 'hero',
    settings: { gap: 3 },
    blocks: {
      'group-1': { type: 'group', blocks: {}, block_order: [] },
      'group-2': { type: 'group', settings: { title: 'Inner' } },
    },
    block_order: ['group-2', 'group-1'],
  });
});

t.test('what the schema does not allow is refused, and changes nothing', async (t) => {
  const refusals: [string, TemplateEdit[]][] = [
    [
      'sectionLimit',
      [
        { do: 'copy', section: 'hero' },
        { do: 'copy', section: 'hero' },
      ],
    ],
    ['noPreset', [{ do: 'addSection', type: 'fixed' }]],
    ['noPreset', [{ do: 'addSection', type: 'nothing' }]],
    ['notHere', [{ do: 'addSection', type: 'footer' }]],
    ['missingBlock', [{ do: 'addBlock', section: 'hero', type: 'slide' }]],
    [
      'missingBlock',
      [{ do: 'moveBlock', section: 'hero', block: ['b'], to: { section: 'hero', in: ['group-1'], at: 0 } }],
    ],
    [
      'blockLimit',
      [
        { do: 'copy', section: 'hero', block: ['b'] },
        { do: 'copy', section: 'hero', block: ['b'] },
      ],
    ],
    ['badValue', [{ do: 'set', section: 'hero', values: { gap: 11 } }]],
    ['unknownSetting', [{ do: 'set', section: 'hero', values: { colour: 'red' } }]],
    ['notFound', [{ do: 'remove', section: 'hero', block: ['nothing'] }]],
    ['notFound', [{ do: 'hide', section: '__proto__', isHidden: true }]],
    [
      'notFound',
      [
        {
          do: 'moveBlock',
          section: 'hero',
          block: ['group-1'],
          to: { section: 'hero', in: ['group-1'], at: 0 },
        },
      ],
    ],
  ];
  for (const [code, edits] of refusals) {
    const needsGroup = JSON.stringify(edits).includes('group-1');
    const first: TemplateEdit[] = needsGroup ? [{ do: 'addBlock', section: 'hero', type: 'group' }] : [];
    t.same(codes(editing()(...first, ...edits)), [code], JSON.stringify(edits.at(-1)));
  }
  const before = JSON.stringify(START);
  t.equal(before, JSON.stringify(START));
});

t.test('faults that were there before hinder nobody', async (t) => {
  const old = templateOf({
    sections: { gone: { type: 'gone' }, hero: { type: 'hero', settings: { gap: 99 } } },
    order: ['gone', 'hero'],
  } as Json)!;
  t.equal(codes(editing(old)({ do: 'set', section: 'hero', values: { title: 'New' } })), 'made');
  t.equal(codes(editing(old)({ do: 'moveSection', section: 'hero', at: 0 })), 'made');
});

t.test('static blocks are set and hidden, not moved or removed', async (t) => {
  const start = templateOf({
    sections: { hero: { type: 'hero', blocks: { g: { type: 'group', static: true } } } },
    order: ['hero'],
  } as Json)!;
  const block = ['g'];
  t.same(codes(editing(start)({ do: 'remove', section: 'hero', block })), ['isStatic']);
  t.same(codes(editing(start)({ do: 'moveBlock', section: 'hero', block, to: { section: 'hero', at: 0 } })), [
    'isStatic',
  ]);
  t.equal(codes(editing(start)({ do: 'hide', section: 'hero', block, isHidden: true })), 'made');
});

t.test('settings become values of their own with the first change', async (t) => {
  const data = readSettingsData(FILES['config/settings_data.json']);
  const settings = readSettingsSchema(FILES['config/settings_schema.json']);
  const edit = (given: SettingsData, asked: SettingsEdit) =>
    editSettings(given, asked, { schema: settings, schemas, newId: (type) => `${type}-1` });
  const current = (asked: SettingsEdit, given = data) => {
    const made = edit(given, asked);
    return made.ok ? made.value.current : (made.details.faults as { code: string }[])[0]!.code;
  };
  const calm = data.presets.Calm!;
  t.same(current({ do: 'set', values: { accent: '#222222' } }), { ...calm, accent: '#222222' });
  t.equal(current({ do: 'usePreset', preset: 'Loud' }), 'Loud');
  t.same(current({ do: 'addScheme' }), {
    ...calm,
    schemes: {
      one: { settings: { background: '#ffffff' } },
      'scheme-1': { settings: { background: '#ffffff' } },
    },
  });
  t.same(current({ do: 'setScheme', scheme: 'one', values: { background: '#eeeeee' } }), {
    ...calm,
    schemes: { one: { settings: { background: '#eeeeee' } } },
  });
  t.same(current({ do: 'set', section: 'fixed', values: { title: 'Hello' } }), {
    ...calm,
    sections: { fixed: { type: 'fixed', settings: { title: 'Hello' } } },
  });
  t.same(
    [
      current({ do: 'set', values: { accent: 'blue' } }),
      current({ do: 'set', values: { nothing: 1 } }),
      current({ do: 'usePreset', preset: 'constructor' }),
      current({ do: 'removeScheme', scheme: 'one' }),
      current({ do: 'setScheme', scheme: 'two', values: {} }),
      current({ do: 'set', section: 'nothing', values: {} }),
      current({ do: 'remove', section: 'fixed' }),
    ],
    ['badValue', 'unknownSetting', 'notFound', 'lastScheme', 'notFound', 'notFound', 'isStatic'],
  );
});

t.test('every change can be taken back and done again', async (t) => {
  const value = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
  const object = fc.dictionary(fc.string(), value) as fc.Arbitrary<Json>;
  fc.assert(
    fc.property(object, object, (before, after) => {
      const plain = (one: Json) => JSON.parse(JSON.stringify(one)) as Json;
      const [one, other] = [plain(before), plain(after)];
      t.same(applyPatch(one, patchBetween(one, other)), other);
    }),
  );

  let stack = NOTHING_DONE;
  let document = START as unknown as Json;
  const states = [document];
  for (const edit of [
    { do: 'set', section: 'hero', values: { title: 'One' } },
    { do: 'addBlock', section: 'hero', type: 'group' },
    { do: 'remove', section: 'hero' },
  ] as TemplateEdit[]) {
    const after = editing(templateOf(document)!)(edit) as unknown as Json;
    stack = remember(stack, { label: edit.do, before: document, after });
    document = after;
    states.push(after);
  }
  for (const expected of states.slice(0, -1).toReversed()) {
    const back = undo(stack, document)!;
    t.same(back.document, expected);
    [stack, document] = [back.stack, back.document];
  }
  t.equal(undo(stack, document), undefined);
  for (const expected of states.slice(1)) {
    const again = redo(stack, document)!;
    t.same(again.document, expected);
    [stack, document] = [again.stack, again.document];
  }
  const elsewhere = remember(stack, { label: 'x', before: document, after: document });
  t.equal(elsewhere, stack, 'what changes nothing is not noted');
});

t.test(
  'no row of edits makes a document that the schemas do not allow, and each can be taken back',
  async (t) => {
    const wish = fc.record({
      what: fc.constantFrom(
        'addSection',
        'moveSection',
        'addBlock',
        'moveBlock',
        'remove',
        'copy',
        'hide',
        'set',
      ),
      ...{ one: fc.nat(), other: fc.nat(), at: fc.nat(4), isDeep: fc.boolean() },
      type: fc.constantFrom('hero', 'footer', 'fixed', 'button', 'group', 'gone'),
      values: fc.dictionary(
        fc.constantFrom('title', 'gap'),
        fc.oneof(fc.string(), fc.integer({ min: -2, max: 12 }), fc.constant(null)),
      ),
    });
    const place = { kind: 'template', name: 'index' } as const;
    const made = new Set<string>();
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 25 }), (wishes) => {
        let count = 0;
        const world = { schemas, place, newId: (of: string) => `${of}-${++count}` };
        let template = START;
        for (const one of wishes) {
          const edit = editFor(one, template);
          const before = JSON.stringify(template);
          const done = editTemplate(template, edit, world);
          if (JSON.stringify(template) !== before) throw new Error('the document that came was changed');
          if (!done.ok) continue;
          made.add(one.what);
          const faults = templateFaults(done.value, world);
          if (faults.length > 0) throw new Error(`${JSON.stringify(edit)}: ${JSON.stringify(faults)}`);
          const [was, is] = [template as unknown as Json, done.value as unknown as Json];
          const back = applyPatch(is, patchBetween(is, was));
          if (JSON.stringify(sorted(back)) !== JSON.stringify(sorted(was))) {
            throw new Error(`${JSON.stringify(edit)} cannot be taken back`);
          }
          template = done.value;
        }
      }),
      { numRuns: 400 },
    );
    t.same(
      [...made].toSorted(),
      ['addBlock', 'addSection', 'copy', 'hide', 'moveBlock', 'moveSection', 'remove', 'set'],
      'each kind of edit was made at least once',
    );
  },
);

type Wish = {
  readonly what: string;
  readonly one: number;
  readonly other: number;
  readonly at: number;
  readonly isDeep: boolean;
  readonly type: string;
  readonly values: Record<string, Json>;
};

/** An edit of parts that are there, by the numbers of a wish. */
function editFor(wish: Wish, template: TemplateJson): TemplateEdit {
  const { what, one, other, at, type, values } = wish;
  const parts = template.order.flatMap((section) => [
    { section, path: [] as string[] },
    ...pathsIn(template.sections[section]!).map((path) => ({ section, path })),
  ]);
  const none = { section: 'none', path: [] as string[] };
  const part = parts[one % parts.length] ?? none;
  const to = parts[other % parts.length] ?? none;
  const inside = (given: typeof none) => (given.path.length > 0 ? { in: given.path } : {});
  const address = { section: part.section, ...(part.path.length > 0 && { block: part.path }) };
  const edits: Record<string, object> = {
    addSection: { type, at },
    moveSection: { section: part.section, at },
    addBlock: { section: part.section, ...inside(part), type, at },
    moveBlock: { section: part.section, block: part.path, to: { section: to.section, ...inside(to), at } },
    remove: address,
    copy: address,
    hide: { ...address, isHidden: wish.isDeep },
    set: { ...address, values },
  };
  return { do: what, ...edits[what] } as TemplateEdit;
}

function pathsIn({ blocks = {} }: BlockJson): string[][] {
  return Object.entries(blocks).flatMap(([id, block]) => [
    [id],
    ...pathsIn(block).map((path) => [id, ...path]),
  ]);
}

/** The order of names means nothing where there is an order of its own. */
function sorted(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((one) => sorted(one)!);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, sorted(one)!] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

import fc from 'fast-check';
import t from 'tap';
import type { Json } from 'kontor/sdk';
import { templateOf } from '../themes/model/documents.ts';
import { dynamicSources } from '../themes/model/dynamic-source.ts';
import { readJson } from '../themes/model/lenient-json.ts';
import { themeTexts } from '../themes/model/locales.ts';
import { kindOf } from '../themes/model/paths.ts';
import { readySections, readyStaticSection } from '../themes/model/ready.ts';
import { schemasOf } from '../themes/model/schemas-of.ts';
import { KINDS, type SettingDefinition } from '../themes/model/setting-types.ts';
import { settingValue, valueFault } from '../themes/model/setting-values.ts';
import { readSettingsData, readSettingsSchema, themeSettings } from '../themes/model/theme-settings.ts';

const readValue = (text: string): Json | undefined => {
  const read = readJson(text);
  return read.ok ? read.value : undefined;
};

t.test('JSON is read as themes write it', async (t) => {
  t.same(
    readValue(
      '\uFEFF/* made by\n a machine */ { // first\n "a": [1, 2.5e1, -3,], "b": { "c": null, }, "d": "x\ty", }',
    ),
    { a: [1, 25, -3], b: { c: null }, d: 'x\ty' },
  );
  t.same(readJson('{\n "a": 1\n "b": 2 }'), { ok: false, line: 3, message: `Expected ',' or '}', got '"'` });
  t.same(readJson('["a'), { ok: false, line: 1, message: 'Expected a closing quote' });
  t.match(readJson('['.repeat(200)), { ok: false, message: 'Expected at most 100 levels' });
  const odd = readValue('{ "__proto__": { "admin": true } }') as object;
  t.equal((odd as { admin?: boolean }).admin, undefined);
  t.same(Object.keys(odd), ['__proto__']);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      t.same(readValue(JSON.stringify(value, null, 2)), JSON.parse(JSON.stringify(value)));
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => typeof readJson(text).ok === 'boolean'));
});

t.test('files are known by where they lie', async (t) => {
  const kinds = [
    'layout/theme.liquid',
    'templates/product.alt.json',
    'templates/customers/login.liquid',
    'sections/header-group.json',
    'blocks/_slide.liquid',
    'assets/a b@2x.png',
    'locales/pt-BR.json',
    'locales/en.default.schema.json',
    'assets/deep/x.css',
    'templates/../x.json',
    'config/other.json',
    'README.md',
  ].map(kindOf);
  t.same(kinds, [
    ...['layout', 'template', 'template', 'group', 'block', 'asset', 'locale', 'schemaLocale'],
    ...[undefined, undefined, undefined, undefined],
  ]);
});

t.test('each type of setting takes its values and refuses others', async (t) => {
  const right: Record<string, Json[]> = {
    text: ['a', '{{ product.title }}'],
    textarea: ['a\nb'],
    html: ['<div>'],
    liquid: ['{{ now }}'],
    richtext: ['<p>a <strong>b</strong><br/></p><ul><li>c</li></ul>'],
    inline_richtext: ['a <a href="/b">b</a>', ''],
    checkbox: [true, false],
    number: [1, -2.5, null],
    range: [0, 10, 0.5],
    select: ['left'],
    radio: ['left'],
    text_alignment: ['center'],
    color: ['#fff', '#11223344', 'rgba(0, 0, 0, 0.5)', '', '{{ settings.palette.one }}'],
    color_background: ['linear-gradient(90deg, #000, #fff)'],
    color_scheme: ['scheme-1'],
    color_scheme_group: [{}],
    color_palette: [{ one: '#fff' }],
    font_picker: ['assistant_n4'],
    image_picker: ['shopify://shop_images/a.png', '{{ product.featured_image }}', ''],
    video: ['shopify://files/videos/a.mp4'],
    video_url: ['https://www.youtube.com/watch?v=1', 'https://vimeo.com/1'],
    url: ['/a', '#b', 'https://a.lu', 'mailto:a@b.lu', 'shopify://products/mug', ''],
    product_list: [['a', 'b']],
    ...Object.fromEntries(
      ['article', 'blog', 'collection', 'link_list', 'metaobject', 'page', 'product'].map((one) => [
        one,
        ['mug'],
      ]),
    ),
    ...Object.fromEntries(['article_list', 'collection_list', 'metaobject_list'].map((one) => [one, [[]]])),
  };
  const wrong: Record<string, Json[]> = {
    text: [1, []],
    richtext: ['<script>x</script>', '<p>open', '<p onclick="x">a</p>', '<a href="javascript:x">a</a>'],
    inline_richtext: ['<p>a</p>'],
    checkbox: ['true', 1],
    number: ['1', '{{ product.price }}'],
    range: [-1, 11, 0.3, '5'],
    select: ['top', ''],
    radio: ['top'],
    text_alignment: ['justify'],
    color: ['red', '#ffff1', 'expression(1)'],
    color_background: ['red; } body { display: none'],
    color_scheme: ['scheme-9'],
    color_palette: [{ one: 1 }],
    font_picker: ['Assistant'],
    product: ['a b', {}],
    product_list: [['a', 'b', 'c'], 'a'],
    video_url: ['https://youtube.com.evil.lu/x', 'http://vimeo.com/1'],
    url: ['javascript:alert(1)', 'data:text/html,x'],
  };
  t.same(Object.keys(right).toSorted(), Object.keys(KINDS).toSorted());
  const definition = (type: string): SettingDefinition => ({
    ...{ type, id: 'x', min: 0, max: 10, step: 0.5, limit: 2 },
    options: [{ value: 'left', label: 'Left' }],
  });
  const number = { type: 'number', id: 'x' };
  const world = { schemes: ['scheme-1'] };
  const of = (type: string) => (type === 'number' ? number : definition(type));
  for (const [type, values] of Object.entries(right))
    for (const value of values)
      t.equal(valueFault(of(type), value, world), undefined, `${type} ${JSON.stringify(value)}`);
  for (const [type, values] of Object.entries(wrong))
    for (const value of values) t.ok(valueFault(of(type), value, world), `${type} ${JSON.stringify(value)}`);
  t.same(
    [
      settingValue({ type: 'range', id: 'x', default: 4 }, '7'),
      settingValue({ type: 'checkbox', id: 'x' }, undefined),
    ],
    [7, false],
  );
});

t.test('a setting that is one output keeps the kind of what it names', async (t) => {
  t.same(dynamicSources('{{ product.featured_image }}'), [
    { expression: 'product.featured_image', isWhole: true },
  ]);
  t.same(dynamicSources('By {{- product.vendor -}} in {{ shop.name }}'), [
    { expression: 'product.vendor', isWhole: false },
    { expression: 'shop.name', isWhole: false },
  ]);
  t.same(dynamicSources('plain'), []);
});

const FILES: Record<string, string> = {
  'sections/main.liquid': `{% schema %}{ "name": "Main", "tag": "section", "class": "main", "max_blocks": 3,
    "settings": [{ "type": "header", "content": "x" }, { "type": "text", "id": "title", "default": "Title" },
      { "type": "range", "id": "gap", "min": 0, "max": 10, "default": 2 }],
    "blocks": [{ "type": "quote", "name": "Quote", "settings": [{ "type": "text", "id": "by", "default": "us" }] },
      { "type": "@theme" }, { "type": "@app" }],
    "default": { "settings": { "title": "Begins" }, "blocks": [{ "type": "quote" }] } }{% endschema %}`,
  'blocks/group.liquid': `{% schema %}{ "name": "Group", "tag": null, "blocks": [{ "type": "@theme" }, { "type": "_slide" }],
    "settings": [{ "type": "color", "id": "tint", "default": "#000000" }] }{% endschema %}`,
  'blocks/_slide.liquid': '{% schema %}{ "name": "Slide" }{% endschema %}',
  'config/settings_schema.json': `[{ "name": "theme_info", "theme_name": "T", "theme_version": "2.0" },
    { "name": "Colours", "settings": [
      { "type": "color_scheme_group", "id": "color_schemes", "role": {},
        "definition": [{ "type": "color", "id": "background", "default": "#ffffff" }, { "type": "color", "id": "text", "default": "#111111" }] },
      { "type": "checkbox", "id": "wide", "default": true }] }]`,
  'config/settings_data.json': `/* by the editor */ { "current": "Calm", "presets": { "Calm": {
    "wide": false, "color_schemes": { "scheme-1": { "settings": { "background": "#fafafa" } } },
    "sections": { "main": { "settings": { "gap": 7 } } }, } } }`,
  'locales/en.default.json':
    '{ "cart": { "items": { "one": "{{ count }} item", "other": "{{ count }} items" }, "only": "Only here" } }',
  'locales/fr.json':
    '{ "cart": { "items": { "one": "{{ count }} article", "other": "{{ count }} articles", "zero": "rien" } } }',
  'locales/en.default.schema.json': '{ "names": { "x": "X" } }',
};
const text = (path: string) => FILES[path];

t.test(
  'sections get the defaults of their schemas, in order, without what is hidden or missing',
  async (t) => {
    const template = templateOf({
      sections: {
        a: {
          type: 'main',
          settings: { title: '{{ product.title }}', gone: 1 },
          blocks: {
            q: { type: 'quote', settings: {} },
            g: {
              type: 'group',
              blocks: {
                s: { type: '_slide' },
                deep: { type: 'group', settings: { tint: '#ffffff' } },
                x: 'no block',
              },
              block_order: ['deep', 's', 'nothing'],
            },
            off: { type: 'quote', disabled: true },
            st: { type: 'group', static: true, settings: { tint: '#222222' } },
            priv: { type: '_slide' },
            app: { type: 'shopify://apps/reviews/blocks/stars/1' },
          },
        },
        b: { type: 'absent' },
        c: { type: 'main', disabled: true },
      },
      order: ['b', 'a', 'a', 'c', 'nowhere'],
    } as Json)!;
    const { sections, missing } = readySections(template, schemasOf(text));

    t.same(missing, [{ id: 'b', type: 'absent' }]);
    t.equal(sections.length, 1);
    const [section] = sections;
    t.same(section!.settings, { title: '{{ product.title }}', gap: 2 });
    t.same([section!.schema.tag, section!.schema.class], ['section', 'main']);
    type Shape = { id: string; blocks: readonly Shape[] };
    const shape = ({ id, blocks }: Shape): unknown => [id, ...blocks.map(shape)];
    t.same(
      section!.blocks.map(shape),
      [['q'], ['g', ['deep'], ['s']], ['app']],
      'a private block stands only where it is named',
    );
    t.same(section!.statics.st!.settings, { tint: '#222222' });
    t.same(section!.blocks[0]!.settings, { by: 'us' });
    t.same(
      section!.blocks.map(({ isLocal, isApp }) => [isLocal, isApp]),
      [
        [true, false],
        [false, false],
        [false, true],
      ],
    );
  },
);

t.test('settings count by what is current, a preset or values, over the defaults', async (t) => {
  const schema = readSettingsSchema(text('config/settings_schema.json'));
  const settings = themeSettings(schema, readSettingsData(text('config/settings_data.json')));
  t.same(schema.info, { name: 'T', version: '2.0', author: '' });
  t.equal(settings.values.wide, false);
  t.same(settings.schemes, [{ id: 'scheme-1', settings: { background: '#fafafa', text: '#111111' } }]);
  const section = (given: typeof settings.sections.main) =>
    readyStaticSection({ type: 'main', section: given }, schemasOf(text))!;
  t.same(section(settings.sections.main).settings, { title: 'Title', gap: 7 });
  const begun = section(undefined);
  t.same(
    [begun.settings.title, begun.blocks.map(({ id, type }) => `${id} ${type}`)],
    ['Begins', ['1 quote']],
  );
  t.equal(themeSettings(schema, readSettingsData(undefined)).values.wide, true);
});

t.test('texts fall back key by key, and know their plurals', async (t) => {
  const texts = (locale: string) => themeTexts({ paths: Object.keys(FILES), read: text, locale });
  const french = texts('fr-CA');
  t.same(
    [
      french.text('cart.items', 0),
      french.text('cart.items', 1),
      french.text('cart.items', 5),
      french.text('cart.only'),
    ],
    ['rien', '{{ count }} article', '{{ count }} articles', 'Only here'],
  );
  t.same(
    [
      texts('lb').text('cart.items', 1),
      texts('en').text('cart.items', 2),
      texts('en').text('cart'),
      texts('en').text('constructor'),
    ],
    ['{{ count }} item', '{{ count }} items', undefined, undefined],
  );
});

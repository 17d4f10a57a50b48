import t from 'tap';
import { findingLine, reportOf } from '../themes/judge/findings.ts';
import { type JudgeLiquid, judgeTheme } from '../themes/judge/judge-theme.ts';
import { readContent, themeFilesOf } from '../themes/zip/theme-files.ts';
import { aTheme } from './support/theme.ts';

/** The engine is judged by its own plugin; here it says of each file what the file asks for. */
const liquid: JudgeLiquid = (source) => ({
  findings: [],
  snippets: [...source.matchAll(/render '([\w-]+)'/g)].map(([, name]) => name!),
});
const lines = async (more: Record<string, string | undefined>) => {
  const { errors, warnings } = reportOf(await judgeTheme(aTheme(more), liquid));
  return [...errors, ...warnings].map((finding) => findingLine(finding).replaceAll(/ {2}/g, ' '));
};
const schema = (raw: object) => `{% schema %}\n${JSON.stringify(raw, null, 1)}\n{% endschema %}`;

t.test('a whole theme has nothing to be said of it', async (t) => {
  t.same(await lines({}), []);
});

t.test('what keeps a theme from being shown is an error, with its line', async (t) => {
  t.same(
    await lines({
      'layout/theme.liquid': 'no place for the page',
      'templates/index.json': '[]',
      'templates/cart.json': '{\n  "sections": {,}\n}',
      'sections/group.json': '{ "sections": ',
      'sections/open.liquid': '{% schema %}{',
      'sections/hero.liquid': `one\ntwo\n{% schema %}\n{\n"name": x }\n{% endschema %}`,
      'config/settings_schema.json': '{}',
      'config/settings_data.json': '"x"',
      'locales/en.default.json': '[]',
    }),
    [
      'config/settings_data.json:1 error brokenSettings Expected an object with current',
      'config/settings_schema.json:1 error brokenSettings Expected a list of groups of settings',
      'layout/theme.liquid:1 error noContent Expected {{ content_for_layout }}, where the page itself goes',
      'locales/en.default.json:1 error brokenLocale Expected an object of texts',
      `sections/group.json:1 error brokenJson Expected a value, got the end`,
      `sections/hero.liquid:5 error brokenSchema Expected a value, got 'x'`,
      'sections/open.liquid:1 error brokenSchema The schema has no end',
      `templates/cart.json:2 error brokenJson Expected a name in quotes, got ','`,
      'templates/index.json:1 error brokenTemplate Expected an object with sections and order',
    ],
  );
});

t.test('what only lacks something is a warning: themes from elsewhere run all the same', async (t) => {
  t.same(
    await lines({
      'sections/odd.liquid': schema({
        name: 'Odd',
        tag: 'blink',
        max_blocks: 99,
        settings: [
          { type: 'hologram', id: 'a' },
          { type: 'range', id: 'b', min: 0, max: 500, default: 1 },
          { type: 'select', id: 'c' },
          { type: 'color', id: 'd', default: 'reddish' },
          { type: 'text', id: 'd' },
          { type: 'text' },
        ],
        presets: [{ name: 'Odd', settings: { nothing: 1 } }],
      }),
      'sections/footer.liquid': schema({ name: 'Footer', enabled_on: { groups: ['footer'] } }),
      'templates/index.json': JSON.stringify(
        {
          sections: {
            gone: { type: 'gone' },
            foot: { type: 'footer' },
            hero: { type: 'hero', settings: { heading: 5 }, blocks: { b: { type: 'slide' } } },
          },
          order: ['gone', 'foot', 'hero', 'nowhere'],
        },
        null,
        1,
      ),
      'snippets/card.liquid': `{% render 'missing' %}`,
      'locales/en.default.json': undefined,
      'locales/fr.json': '{ "a": { "b": 5 } }',
      'config/settings_data.json': '{ "current": "Gone" }',
    }),
    [
      `config/settings_data.json:1 warning missingPreset 'current' names the preset 'Gone', which is not there`,
      'locales:1 warning noDefaultLocale Expected one file such as en.default.json',
      `locales/fr.json:1 warning badText Expected 'a.b' to be a text`,
      `sections/odd.liquid:2 warning badSchema Expected the tag to be one of article, aside, div, footer, header, section, got 'blink'`,
      'sections/odd.liquid:2 warning badSchema Expected max_blocks to be from 1 to 50',
      `sections/odd.liquid:7 warning unknownSetting There is no setting type 'hologram'`,
      `sections/odd.liquid:11 warning badSetting 'b' has more than 101 steps`,
      `sections/odd.liquid:18 warning badSetting 'c' needs options`,
      `sections/odd.liquid:22 warning badSetting the default of 'd' should be a colour as #1f4d3a`,
      `sections/odd.liquid:27 warning sameSetting There are two settings 'd'`,
      'sections/odd.liquid:31 warning badSetting Expected the text setting to have an id',
      `sections/odd.liquid:36 warning badPreset A preset sets 'nothing', which is no setting`,
      `snippets/card.liquid:1 warning missingSnippet There is no snippet 'missing'`,
      `templates/index.json:3 warning missingSection gone: there is no section 'gone'`,
      `templates/index.json:6 warning notHere foot: 'footer' may not stand in index`,
      `templates/index.json:9 warning badValue hero: 'heading' should be a text of at most 50000 letters`,
      `templates/index.json:9 warning missingBlock hero: 'slide' may not stand in 'hero', or is not there`,
      `templates/index.json:21 warning missingSection The order names 'nowhere', which is not among the sections`,
    ],
  );
});

t.test('a theme is found in one folder around it, and its files are held to their sizes', async (t) => {
  const raw = (path: string, content: string | Buffer = 'x') => ({ path, content: Buffer.from(content) });
  const read = themeFilesOf([
    raw('mine/layout/theme.liquid'),
    raw('mine/assets/Logo.png', Buffer.from([0x89, 0, 0xff])),
    raw('mine/assets/logo.png'),
    raw('mine/package.json'),
    raw('__MACOSX/mine/x'),
  ]);
  t.same([...read.files.keys()], ['layout/theme.liquid', 'assets/Logo.png', 'assets/logo.png']);
  t.same(read.ignored, ['mine/package.json']);
  t.match(read.faults, [{ code: 'sameName', file: 'assets/logo.png' }]);
  t.same([...themeFilesOf([raw('layout/a.liquid'), raw('other/b.txt')]).files.keys()], ['layout/a.liquid']);

  t.match(readContent('sections/a.liquid', Buffer.alloc(257 * 1024, 'x')), { code: 'fileTooLarge' });
  t.match(readContent('sections/a.liquid', Buffer.from([0xff, 0xfe])), { code: 'notText' });
  t.match(readContent('locales/en.json', Buffer.from('a\0b')), { code: 'notText' });
  t.type(readContent('assets/a.js', Buffer.alloc(300 * 1024, 'x')), 'string');
  t.type(readContent('assets/a.js', Buffer.from([0xff])), Buffer);
});

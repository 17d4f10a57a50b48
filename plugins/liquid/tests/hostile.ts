import type { LiquidEngine } from 'kontor/sdk';

/** What a hostile template ends as: the page is over, the section shows its error, the file is its error, or it is done. */
export type End = 'page' | 'section' | 'file' | 'done';
export type Hostile = {
  source: string;
  snippets?: Readonly<Record<string, string>>;
  ends: End;
  says?: string;
};

const many = (part: string, count: number): string => part.repeat(count);
const grown = (start: string, change: string, times = 60): string =>
  `{% assign s = '${start}' %}{% for i in (1..${times}) %}${change}{% endfor %}`;
const doubled = (start: string, times: number): string =>
  grown(start, '{% assign s = s | append: s %}', times);
const WORK = 'this template does too much work (budget used up)';
const TEXT = 'a text of this template grows too long';
const LIST = 'a list of this template grows too long';

/** Templates that take all there is, or try to reach what is not theirs; each with the end it must have. */
export const HOSTILE: Readonly<Record<string, Hostile>> = {
  'a loop of a billion turns': {
    source: '{% for i in (1..1000000000) %}x{% endfor %}',
    ends: 'section',
    says: LIST,
  },
  'three empty loops in one another': {
    source: many('{% for a in (1..9999) %}', 3) + many('{% endfor %}', 3),
    ends: 'section',
    says: WORK,
  },
  'a condition without a body in two loops': {
    source:
      '{% for a in (1..99999) %}{% for b in (1..99999) %}{% if a == b %}{% endif %}{% endfor %}{% endfor %}',
    ends: 'section',
    says: WORK,
  },
  'a text that doubles': { source: doubled('xxxxxxxx', 60), ends: 'section', says: TEXT },
  'a capture that doubles': {
    source: grown('xxxxxxxx', '{% capture s %}{{ s }}{{ s }}{% endcapture %}'),
    ends: 'page',
    says: 'this page is too big',
  },
  'a replacement that explodes': {
    source: grown('aaaa', `{% assign s = s | replace: 'a', 'aaaaaaaa' %}`),
    ends: 'section',
    says: TEXT,
  },
  'a replacement of nothing by much': {
    source: grown('aaaa', `{% assign s = s | replace: '', 'aaaaaaaa' %}`),
    ends: 'section',
    says: TEXT,
  },
  'parts that are joined by more parts': {
    source: grown('a,b,c', `{% assign l = s | split: ',' %}{% assign s = l | join: ',b,c,d,' %}`),
    ends: 'section',
  },
  'a list that doubles': {
    source: `{% assign l = 'a,b,c' | split: ',' %}${grown('', '{% assign l = l | concat: l %}')}`,
    ends: 'section',
    says: WORK,
  },
  'a snippet that renders itself twice': {
    source: `{% render 'self' %}`,
    snippets: { self: `{% render 'self' %}{% render 'self' %}` },
    ends: 'section',
    says: 'Nesting too deep',
  },
  'a snippet that includes itself twice': {
    source: `{% include 'self' %}`,
    snippets: { self: `x{% include 'self' %}{% include 'self' %}` },
    ends: 'section',
    says: 'Nesting too deep',
  },
  'a snippet that renders itself for each of a list': {
    source: `{% assign l = 'a,b,c,d,e,f' | split: ',' %}{% render 'self' for l, l: l %}`,
    snippets: { self: `{% render 'self' for l, l: l %}` },
    ends: 'section',
    says: 'Nesting too deep',
  },
  'captures that grow from snippet to snippet': {
    source: `{% render 'self', s: 'xxxxxxxx' %}`,
    snippets: { self: `{% capture q %}{{ s }}{{ s }}{% endcapture %}{% render 'self', s: q %}` },
    ends: 'page',
    says: 'this page is too big',
  },
  'blocks in blocks in snippets in snippets': {
    source: `{% render 'self' %}`,
    snippets: {
      self: `${many('{% if true %}{% for i in (1..1) %}', 45)}{% render 'self' %}${many('{% endfor %}{% endif %}', 45)}`,
    },
    ends: 'section',
    says: 'Nesting too deep',
  },
  'a range of a hundred million as a list': {
    source: '{% assign l = (1..100000000) | reverse %}{{ l | size }}',
    ends: 'section',
    says: LIST,
  },
  'sorting without end': {
    source:
      '{% assign l = (1..20000) | reverse %}{% for i in (1..99999) %}{% assign m = l | sort_natural %}{% endfor %}',
    ends: 'section',
    says: WORK,
  },
  'chains of list filters without end': {
    source: `{% for i in (1..99999) %}{% assign m = products | map: 'title' | uniq | sort | reverse %}{% endfor %}`,
    ends: 'section',
    says: WORK,
  },
  'tags without an end, stripped': {
    source: `${doubled('<script', 17)}{% for i in (1..99) %}{{ s | strip_html | size }}{% endfor %}`,
    ends: 'section',
    says: WORK,
  },
  'tags that open a script, stripped': {
    source: `${doubled('<script>', 17)}{% for i in (1..99) %}{{ s | strip_html | size }}{% endfor %}`,
    ends: 'section',
    says: WORK,
  },
  'a megabyte of blanks, cut to words': {
    source: `${doubled(' ', 20)}{% for i in (1..1000) %}{{ s | truncatewords: 5 }}{% endfor %}`,
    ends: 'section',
    says: WORK,
  },
  'a long text, looked for in a longer one': {
    source: `${doubled('a', 16)}{% capture n %}{{ s }}b{{ s }}{% endcapture %}{% assign s = s | append: s | append: s | append: s %}{% if s contains n %}{% endif %}{{ s | split: n | size }}`,
    ends: 'section',
    says: WORK,
  },
  'long texts that are alike, compared': {
    source: `${doubled('a', 20)}{% capture n %}{{ s }}{% endcapture %}{% for i in (1..99999) %}{% if s == n %}{% endif %}{% case s %}{% when n %}{% endcase %}{% endfor %}`,
    ends: 'section',
    says: WORK,
  },
  'a long text as the name of a cycle': {
    source: `${doubled('a', 20)}{% for i in (1..99999) %}{% cycle s: 1, 2 %}{% endfor %}`,
    ends: 'section',
    says: WORK,
  },
  'a long text of blanks, asked whether it is blank': {
    source: `${doubled(' ', 20)}{% for i in (1..99999) %}{% if s == blank %}{% endif %}{% endfor %}`,
    ends: 'section',
    says: WORK,
  },
  'half a million words, made one': {
    source: `${doubled('a ', 19)}{{ s | handleize | size }}{{ s | camelize | size }}{{ s | split: ' ' | size }}`,
    ends: 'section',
  },
  'letters of two units, cut': {
    source: `${doubled('😀', 18)}{% for i in (1..999) %}{{ s | truncate: 199999, '' | size }}{{ s | slice: -9 }}{% endfor %}`,
    ends: 'section',
    says: WORK,
  },
  'a hundred thousand dates': {
    source: `{% for i in (1..99999) %}{{ 'now' | date: '${many('%B', 250)}' }}{% endfor %}`,
    ends: 'section',
    says: WORK,
  },
  'a date of a billion letters': {
    source: `{{ 'now' | date: '%999999999Y' }}{{ 'now' | date: '%0123456789d' }}`,
    ends: 'done',
    says: 'a date is too wide',
  },
  'twenty thousand blocks in one another': {
    source: many('{% if a %}', 10_000) + many('{% endif %}', 10_000),
    ends: 'file',
    says: 'Nesting too deep',
  },
  'a template of five megabytes': {
    source: many('{{ a | append: b | append: c }}<p>hello</p>', 120_000),
    ends: 'file',
    says: 'this template is longer than 262144 characters',
  },
  'fifty thousand brackets in one another': {
    source: `{{ a${many('[a', 50_000)}${many(']', 50_000)} }}`,
    ends: 'file',
  },
  'thousands of comments that never end': { source: many('{% comment ', 20_000), ends: 'file' },
  'loops in a liquid tag': {
    source: `{% liquid\nfor i in (1..99999)\nfor j in (1..99999)\ncycle 'a', 'b'\nendfor\nendfor\n%}`,
    ends: 'section',
    says: WORK,
  },
  'a long text, written a million times': {
    source: `${doubled('x', 18)}{% for i in (1..99999) %}{{ s }}{% endfor %}`,
    ends: 'page',
    says: 'this page is too big',
  },
  'json of everything, again and again': {
    source: '{% for i in (1..99999) %}{{ products | json }}{% endfor %}',
    ends: 'section',
    says: WORK,
  },
  'a text that is split and joined through every encoding': {
    source: `{% assign l = 'xy' | split: '' %}{% for i in (1..1000) %}{% assign t = l | join: ',' | upcase | downcase | escape | url_encode | base64_encode %}{% assign l = t | split: '' %}{% endfor %}`,
    ends: 'section',
  },
  'numbers beyond all numbers': {
    source: `{{ 1 | round: 999999999 }}{{ 'x' | slice: 0, 999999999 }}{% assign n = 999999999999 %}{% for i in (1..60) %}{% assign n = n | times: n %}{% endfor %}`,
    ends: 'done',
  },
  'ranges of a billion, compared': {
    source:
      '{% if (1..1000000000) contains 5 %}y{% endif %}{% case 5 %}{% when (1..1000000000) %}z{% endcase %}{{ (1..1000000000) }}',
    ends: 'done',
  },
  'half the page on one line': { source: many('{{ a }}', 37_000), ends: 'done' },
  'eleven thousand conditions': { source: many('{% if a %}{% endif %}\n', 11_000), ends: 'done' },
  'a hundred thousand snippets that are not there': {
    source: `{% for i in (1..99999) %}{% render 'nothere' %}{% endfor %}`,
    ends: 'section',
    says: WORK,
  },
  'a hundred thousand errors': {
    source: '{% for i in (1..99999) %}{{ 1 | divided_by: 0 }}{% endfor %}',
    ends: 'section',
    says: WORK,
  },
  'fifteen thousand branches': {
    source: `{% if a %}${many('{% elsif a %}', 15_000)}{% endif %}`,
    ends: 'done',
  },
  'nine thousand times or': { source: `{% if ${many('a or ', 9000)}b %}x{% endif %}`, ends: 'done' },
  'a thousand filters': { source: `{{ 'x' ${many(`| append: 'y' `, 1000)} }}`, ends: 'done' },
  'thirty thousand filters': {
    source: `{{ 'x' ${many('| strip', 30_000)} }}`,
    ends: 'file',
    says: 'this expression is too long',
  },
  'a list of lists of nothing, written': {
    source: `{% assign l = many %}${grown('', '{% assign l = l | concat: many %}', 60)}{% for i in (1..9999) %}{{ l }}{% endfor %}`,
    ends: 'section',
    says: WORK,
  },
};

/** Renders one as a section of a page, and says how it ended. */
export function endOf(hostile: Hostile, engine: LiquidEngine): { end: End; text: string; left: number } {
  const { source, snippets = {} } = hostile;
  const fuel = engine.fuel({ milliseconds: 600_000 });
  const partials = new Map(
    Object.entries(snippets).map(([name, text]) => [name, engine.compile(text, `snippets/${name}`)]),
  );
  const template = engine.compile(source, 'sections/x');
  const page = { globals: DATA, partial: (name: string) => partials.get(name), fuel, budget: true } as const;
  try {
    const { text, problems } = engine.render(template, page);
    const end = problems.some(({ kind }) => kind === 'fuel')
      ? 'section'
      : template.isBroken
        ? 'file'
        : 'done';
    return { end, text, left: fuel.left };
  } catch (error) {
    if (!engine.isFuelError(error)) throw error;
    return { end: 'page', text: `${error.template} ${error.line} ${error.message}`, left: fuel.left };
  }
}

const products = Array.from({ length: 50 }, (_, index) => ({
  title: `Tea ${index}`,
  body: 'leaf '.repeat(200),
  variants: Array.from({ length: 6 }, (_, at) => ({ id: at, title: `Size ${at}`, tags: ['a', 'b'] })),
}));
const DATA = { products, many: Array.from({ length: 3000 }, () => '') };

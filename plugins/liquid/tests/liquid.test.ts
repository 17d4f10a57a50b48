import t from 'tap';
import { startTestKernel } from 'kontor/sdk/testing';
import type { LiquidScope } from 'kontor/sdk';
import '../contract.ts';

const { inStore } = await startTestKernel(t, {
  plugins: [new URL('..', import.meta.url)],
  until: 'control',
  stores: { b: { timeZone: 'Asia/Tokyo', currency: 'JPY', locale: 'de' } },
});

const render = (source: string, scope: Partial<LiquidScope> = {}, store: 'a' | 'b' = 'a') =>
  inStore(store, 'liquid', ({ liquid }) => liquid.render(source, { name: 'letter', data: {}, ...scope }));
const text = async (...args: Parameters<typeof render>) => {
  const answer = await render(...args);
  return answer.ok ? answer.value.replaceAll('\u00a0', ' ') : answer.details;
};

t.test('shows data, with loops, conditions and snippets', async (t) => {
  const source = `{% for line in lines %}{% render 'line', line: line %}{% endfor %}{% if lines.size > 1 %}!{% endif %}`;
  const partials = { line: '{{ forloop.index }}{{ line.title | upcase }};' };
  const data = { lines: [{ title: 'tea' }, { title: 'milk' }] };

  t.equal(await text(source, { data, partials }), 'TEA;MILK;!');
});

t.test('escapes for HTML unless it is told otherwise', async (t) => {
  const data = { name: `<b>"Ada" & 'Bob'</b>` };
  const escaped = '&lt;b&gt;&#34;Ada&#34; &amp; &#39;Bob&#39;&lt;/b&gt;';

  t.equal(await text('{{ name }}', { data }), escaped);
  t.equal(await text('{{ name | escape }}', { data }), escaped, 'not twice');
  t.equal(
    await text(`{{ name | escape | append: '<' }}`, { data }),
    `${escaped.replaceAll('&', '&amp;')}&lt;`,
  );
  t.equal(await text('{{ name | raw }}', { data }), data.name);
  t.equal(await text('{% echo name %}', { data }), escaped);
  t.equal(await text('{{ name }}', { data, isHtml: false }), data.name);
  t.equal(await text('{{ x | newline_to_br }}', { data: { x: 'a\n<b>' } }), 'a<br>\n&lt;b&gt;');
  t.equal(await text('{{ x | escape_once }}', { data: { x: '&amp; & <' } }), '&amp; &amp; &lt;');
});

t.test('writes money as the language and the currency ask for', async (t) => {
  const data = { total: 123456, other: { amount: -5, currency: 'CHF' }, none: null };

  t.equal(await text('{{ total | money }}', { data }), '€1,234.56');
  t.equal(await text('{{ total | money }}', { data, locale: 'de' }), '1.234,56 €');
  t.equal(await text(`{{ total | money: 'CHF' }}`, { data, locale: 'de' }), '1.234,56 CHF');
  t.equal(await text('{{ other | money }}', { data, locale: 'de' }), '-0,05 CHF');
  t.equal(await text('{{ total | money }}', { data }, 'b'), '123.456 ¥', 'no minor units there');
  t.equal(await text('[{{ none | money }}]', { data }), '[]');
  t.match(await text('{{ 1.5 | money }}'), { message: 'money is whole minor units, got 1.5' });
  t.match(await text(`{{ 1 | money: 'euro' }}`), { message: 'there is no currency euro' });
  t.equal(await text('{{ 9007199254740991 | money }}'), '€90,071,992,547,409.91', 'to the last cent');
  t.equal(await text('{{ 1234.5 | number }}', { locale: 'de' }), '1.234,5');
});

t.test('writes dates in the language of the reader and the time zone of the store', async (t) => {
  const data = { at: new Date('2026-11-23T22:30:00Z'), written: '2026-11-23T22:30:00Z' };

  t.equal(await text('{{ at | date }}', { data }), 'November 23, 2026');
  t.equal(await text('{{ written | date }}', { data, locale: 'fr' }), '23 novembre 2026');
  t.equal(await text(`{{ at | date: 'short' }}`, { data }, 'b'), '24.11.26');
  t.equal(await text(`{{ at | date: 'datetime' }}`, { data, locale: 'de' }), '23. November 2026 um 23:30');
  t.equal(await text(`{{ at | date: '%Y-%m-%d %H:%M' }}`, { data }), '2026-11-23 23:30');
  t.equal(await text(`{{ at | date: '%Y-%m-%d %H:%M' }}`, { data }, 'b'), '2026-11-24 07:30');
  t.equal(await text(`{{ 'soon' | date }}{{ none | date }}`), 'soon');
});

t.test('takes tags out of a text', async (t) => {
  const x = 'a<script>alert(1)</SCRIPT>b<!-- > -->c<i title=">">d</i> 1 < 2';
  t.equal(await text('{{ x | strip_html }}', { data: { x }, isHtml: false }), 'abc">d 1 ');
});

t.test('says which template is broken, in which line, and why', async (t) => {
  t.same(await text('one\n{{ name | shout }}'), {
    message: 'undefined filter: shout',
    template: 'letter',
    line: 2,
  });
  t.match(await text('{% if x %}', {}), {
    message: 'tag {% if x %} not closed',
    template: 'letter',
    line: 1,
  });
  t.match(await text(`{% render 'part' %}`, { partials: { part: '\n\n{{ 1 | divided_by: x | nope }}' } }), {
    template: 'part',
    line: 3,
  });
  t.match(await text(`{% render 'toString' %}`), { message: 'there is no snippet "toString"' });
});

t.test('checks a text before it is kept', async (t) => {
  const check = (source: string) => inStore('a', 'liquid', async ({ liquid }) => liquid.check(source, 'new'));

  t.match(await check('{{ anything.at.all | upcase }}'), { ok: true });
  t.match(await check('{{ x'), { refusal: 'brokenTemplate', details: { template: 'new', line: 1 } });
  t.match(await check('x'.repeat(300_000)), { refusal: 'brokenTemplate' });
});

t.test('reads own properties of plain data, and reaches nothing else', async (t) => {
  class Account {
    name = 'Ada';
    get secret() {
      return 'secret';
    }
  }
  const data = { account: new Account(), list: ['a'] };
  const probes = [
    'account.secret',
    'account.constructor',
    'account.__proto__',
    'account.toString',
    'list.constructor.constructor',
    'list.join',
    'constructor',
    '__proto__',
    "'a'.constructor",
    'account["constructor"]',
  ];

  t.equal(await text(probes.map((probe) => `{{ ${probe} }}`).join('|'), { data }), '|'.repeat(9));
  t.equal(await text('{{ account.name }}', { data }), 'Ada');
  t.equal(await text('{% assign __proto__ = account %}{{ name }}', { data }), '');
  t.equal(({} as { name?: string }).name, undefined);
  for (const file of ['include', 'layout', 'block'])
    t.match(await text(`{% ${file} '/etc/passwd' %}`), { message: `tag "${file}" not found` });
});

t.test('ends what never would, or would take all there is', async (t) => {
  const many = (part: string, count: number) => part.repeat(count);
  const grow = (change: string) => `{% assign s = 'aaaa' %}{% for i in (1..60) %}${change}{% endfor %}`;
  const hostile: Record<string, string> = {
    'a long loop': '{% for i in (1..1000000000) %}x{% endfor %}',
    'nested empty loops':
      '{% for a in (1..9999) %}{% for b in (1..9999) %}{% for c in (1..9999) %}{% endfor %}{% endfor %}{% endfor %}',
    'a doubling text': grow('{% assign s = s | append: s %}'),
    'a doubling capture': grow('{% capture s %}{{ s }}{{ s }}{% endcapture %}'),
    'a growing replacement': grow(`{% assign s = s | replace: 'a', 'aaaaaaaa' %}`),
    'a doubling list': `{% assign l = 'a,b' | split: ',' %}${grow('{% assign l = l | concat: l %}')}`,
    'a growing list': grow(`{% assign l = s | split: '' %}{% assign s = l | join: 'aaaaaaaa' %}`),
    'a range as list': '{{ (1..100000000) | reverse | size }}',
    'sorting in a loop':
      '{% assign l = (1..20000) | reverse %}{% for i in (1..9999) %}{% assign m = l | sort_natural %}{% endfor %}',
    'a wide date': `{{ 'now' | date: '%999999999Y' }}`,
    'much output': `${grow('')}{% for i in (1..99999) %}${many('x', 5000)}{% endfor %}`,
    'a snippet in itself': `{% render 'self' %}`,
    'deep nesting': many('{% if a %}', 9000) + many('{% endif %}', 9000),
    'deep brackets': `{{ a${many('[a', 50_000)}${many(']', 50_000)} }}`,
  };
  const partials = { self: `{% render 'self' %}{% render 'self' %}` };
  for (const [what, source] of Object.entries(hostile))
    t.match(await render(source, { partials }), { ok: false, refusal: 'brokenTemplate' }, what);

  t.equal(await text('still {{ here }}', { data: { here: 'here' } }), 'still here');
});

t.test('gets through texts that are slow elsewhere', async (t) => {
  const x = '<script'.repeat(100_000);
  t.equal(await text('{{ x | strip_html | size }}', { data: { x } }), '0');
  t.equal(await text('{{ x | strip_html | size }}', { data: { x: '<!--'.repeat(200_000) } }), '0');
  t.equal(await text('{{ x | truncatewords: 2 }}', { data: { x: ' '.repeat(900_000) } }), '');
  t.equal(await text('{{ x | strip | size }}', { data: { x: `a${' '.repeat(900_000)}b` } }), '900002');
  t.equal(await text(`${'{% if a %}{% elsif b %}{% endif %}'.repeat(3000)}x`), 'x');
});

t.test('goes by what is there for each run, not by an earlier one', async (t) => {
  const partials = (part: string) => ({ data: {}, partials: { part } });
  t.equal(await text(`{% render 'part' %}`, partials('one')), 'one');
  t.equal(await text(`{% render 'part' %}`, partials('two')), 'two');
  t.equal(await text('{{ 100 | money }}', { locale: 'de' }), '1,00 €');
  t.equal(await text('{{ 100 | money }}', { locale: 'en' }), '€1.00');
});

t.test('makes engines for themes, where an error is written and the page goes on', async (t) => {
  await inStore('a', 'liquid', async ({ liquid }) => {
    const engine = liquid.engine({ filters: { shout: (input) => `${liquid.values.text(input)}!` } });
    const template = engine.compile(
      '{{ name | shout }}{{ 1 | divided_by: 0 }}<{{ html }}>',
      'sections/hello',
    );
    const { text, problems } = engine.render(template, { globals: { name: 'Ada', html: '<b>' } });

    t.equal(text, 'Ada!Liquid error (sections/hello line 1): divided by 0<<b>>');
    t.match(problems, [{ kind: 'error', template: 'sections/hello', line: 1, message: 'divided by 0' }]);
    t.ok(engine.tags.includes('render') && engine.filters.includes('shout') && engine.version !== '');
  });
});

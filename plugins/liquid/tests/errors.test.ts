import t from 'tap';
import { createEngine } from '../engine/engine.ts';
import { themeTables } from '../engine/tables.ts';
import { engine, page, text } from './rendered.ts';

t.test('writes an error where it happens, and goes on', (t) => {
  const snippets = { part: '\n\n{{ 1 | modulo: 0 }}{% render "none" %}.' };
  const { text, problems } = page(`a\n{{ 1 | divided_by: 0 }}\nb\n{% render 'part' %}\nc`, {}, { snippets });
  const [first, second, third] = [
    { kind: 'error', template: 'sections/a', line: 2, message: 'divided by 0' },
    { kind: 'error', template: 'snippets/part', line: 3, message: 'divided by 0' },
    { kind: 'error', template: 'snippets/part', line: 3, message: 'there is no snippet "none"' },
  ];
  t.equal(
    text,
    'a\nLiquid error (sections/a line 2): divided by 0\nb\n\n\nLiquid error (snippets/part line 3): divided by 0' +
      'Liquid error (snippets/part line 3): there is no snippet "none".\nc',
  );
  t.same(problems, [first, second, third]);
  t.end();
});

t.test('leaves loops, scopes and captures as they were after an error', (t) => {
  const source = `{% for i in (1..2) %}{% assign x = i | divided_by: 0 %}{{ i }}{% endfor %}{{ i }}
{%- capture c %}{% render 'bad', a: 1 %}{{ a }}{% endcapture %}[{{ c }}{{ a }}]`;
  const failed = 'Liquid error (sections/a line 1): divided by 0';
  t.equal(
    text(source, {}, { snippets: { bad: '{{ a | times: 2 }}{{ "?" | base64_decode }}' } }),
    `${failed}1${failed}2[2Liquid error (snippets/bad line 1): this is no base64]`,
  );
  t.end();
});

t.test('takes an unknown tag for its own error, and lets a value pass an unknown filter', (t) => {
  const { text, problems } = page('a{% nosuch x %}b{{ "c" | nosuch | upcase }}');
  t.equal(text, 'aLiquid syntax error (sections/a line 1): tag "nosuch" not foundbC');
  t.match(problems, [{ kind: 'unknownTag', line: 1 }]);
  t.match(engine.compile('{% nosuch %}\n{{ 1 | nope }}', 'a').problems, [
    { kind: 'unknownTag', template: 'a', line: 1, message: 'tag "nosuch" not found' },
    { kind: 'unknownFilter', template: 'a', line: 2, message: 'undefined filter: nope' },
  ]);
  t.end();
});

t.test('makes of a file that cannot be read its error, with the line', (t) => {
  const broken: Record<string, readonly [line: number, message: string]> = {
    'a\n{% if x %}\nb': [2, 'tag {% if x %} not closed'],
    'a\n{{ x': [2, 'output "{{ x" not closed'],
    'a\n\n{% assign %}': [3, '"assign" needs a name, "=" and a value'],
    '{% raw %}': [1, 'tag {% raw %} not closed'],
    '\n{% for in l %}{% endfor %}': [2, '"for" needs a name, "in" and a list'],
    '{% tablerow %}{% endtablerow %}': [1, '"tablerow" needs a name, "in" and a list'],
    '{% capture %}{% endcapture %}': [1, '"capture" needs a name'],
    '{% render %}': [1, '"render" needs the quoted name of a snippet'],
    '{% include %}': [1, '"include" needs the name of a snippet'],
    'a\n{% liquid\necho 1\nif x\n%}': [4, 'tag {% if x %} not closed'],
    '\n{% schema %}': [2, 'tag {% schema %} not closed'],
  };
  for (const [source, [line, message]] of Object.entries(broken)) {
    const template = engine.compile(source, 'sections/b');
    t.match(template, {
      isBroken: true,
      problems: [{ kind: 'syntax', template: 'sections/b', line, message }],
    });
    t.equal(engine.render(template).text, `Liquid syntax error (sections/b line ${line}): ${message}`);
  }
  t.end();
});

t.test('refuses what snippets may not', (t) => {
  const snippets = { inner: `{% include 'other' %}`, other: 'x' };
  t.equal(
    text(`{% render 'inner' %}`, {}, { snippets }),
    'Liquid error (snippets/inner line 1): include usage is not allowed in this context',
  );
  t.equal(text('{% render product %}'), 'Liquid error (sections/a line 1): "product" cannot be rendered');
  t.equal(
    text('{% include nosuch %}'),
    'Liquid error (sections/a line 1): "include" needs the name of a snippet',
  );
  t.end();
});

t.test('says nothing of accidents but to whoever asks', (t) => {
  const accident = new TypeError('the password is 123');
  const filters = {
    breaks: () => {
      throw accident;
    },
  };
  const engine = createEngine(themeTables({ filters }));
  const { text, problems } = engine.render(engine.compile('a{{ 1 | breaks }}b', 'x'));
  t.equal(text, 'aLiquid error (x line 1): internalb');
  t.equal(problems[0]?.cause, accident);
  t.end();
});

t.test('keeps a hundred errors, and the one that ended it all', (t) => {
  const { problems } = page('{% for i in (1..9999) %}{{ 1 | modulo: 0 }}{% endfor %}', {}, { budget: true });
  t.equal(problems.length, 100);
  t.match(problems.at(-1), { kind: 'fuel', template: 'sections/a', line: 1 });
  t.end();
});

t.test('ends a part that does too much, and the page when it is the page', (t) => {
  const fuel = engine.fuel({ page: 100_000, section: 20_000 });
  const hungry = engine.compile('\n{% for i in (1..9999) %}{{ i }}{% endfor %}', 'sections/hungry');
  const small = engine.compile('footer', 'sections/footer');
  const render = (template: typeof hungry) => engine.render(template, { fuel, budget: true }).text;
  const error = 'Liquid error (sections/hungry line 2): this template does too much work (budget used up)';

  t.same([render(hungry), render(small)], [error, 'footer']);
  t.same([render(hungry), render(hungry), render(hungry)], [error, error, error]);
  t.throws(() => render(hungry), { name: 'FuelError', template: 'sections/hungry', line: 2 });
  t.throws(() => render(hungry), { name: 'FuelError' }, 'there is nothing left');
  t.end();
});

t.test('holds a page to its length, its time and its depth', (t) => {
  const ends = (source: string, limits: object) => {
    try {
      return page(source, {}, { fuel: engine.fuel(limits), budget: true }).text;
    } catch (error) {
      return engine.isFuelError(error) ? error.message : error;
    }
  };
  const loop = '{% for i in (1..9999) %}{{ i }}{% endfor %}';
  t.equal(ends(loop, { output: 1000 }), 'this page is too big');
  const where = { name: 'FuelError', template: 'sections/a' };
  t.throws(() => page('x'.repeat(2000), {}, { fuel: engine.fuel({ output: 1000 }) }), where);
  t.equal(ends(loop, { milliseconds: -1 }), 'this template takes too long');
  t.equal(ends('short', { milliseconds: -1 }), 'short', 'the clock is a second line');
  t.equal(
    ends(`{% capture x %}${'x'.repeat(600)}{% endcapture %}{{ x }}`, { output: 1000 }),
    'this page is too big',
  );
  t.end();
});

import t from 'tap';
import type { LiquidDrop, LiquidExtensions, LiquidRun, LiquidTagSource } from 'kontor/sdk';
import { createEngine } from '../engine/engine.ts';
import { themeTables } from '../engine/tables.ts';
import { values } from '../services/values.ts';
import { engine, text } from './rendered.ts';

/** A product as a theme sees it; everything else of it is nobody's business. */
class ProductDrop implements LiquidDrop {
  readonly secret = 'purchase price';
  readonly liquidText = 'Product';
  readonly #title: string;
  constructor(title: string) {
    this.#title = title;
  }
  liquidGet(key: string): unknown {
    if (key === 'title') return this.#title;
    return key === 'method' ? () => 'never' : undefined;
  }
  liquidJson() {
    return { title: this.#title };
  }
}

const tea = new ProductDrop('Tea');
const products: LiquidDrop = {
  liquidGet: (key) => (key === 'tea' ? tea : undefined),
  liquidItems: () => [tea, new ProductDrop('Milk')],
};
const colour: LiquidDrop = {
  liquidGet: (key) => (key === 'red' ? 255 : undefined),
  liquidValue: '#ff0000',
  liquidText: '#ff0000',
};

t.test('reads of a drop what it answers, and nothing else', (t) => {
  const show = (source: string) => text(source, { tea, products, colour });
  const probes = ['secret', 'method', 'constructor', '__proto__', 'liquidGet', 'liquidText', 'toString'];
  t.equal(show(probes.map((key) => `{{ tea.${key} }}{{ tea["${key}"] }}`).join('')), '');
  t.equal(
    show('{{ tea }} {{ tea.title }} {{ tea | json }} {{ products | json }}'),
    'Product Tea {"title":"Tea"} null',
  );
  t.end();
});

t.test('goes over a drop as over a list, and asks it by key', (t) => {
  const show = (source: string) => text(source, { tea, products });
  t.equal(show('{% for p in products %}{{ p.title }} {% endfor %}{{ products.size }}'), 'Tea Milk 2');
  t.equal(
    show(
      '{{ products.tea.title }}{{ products["nosuch"].title }}{{ products.first.title }}{{ products[1].title }}',
    ),
    'TeaTeaMilk',
  );
  t.equal(
    show(
      '{{ products | map: "title" | join }}{{ products | where: "title", "Milk" | size }}{{ products | size }}',
    ),
    'Tea Milk12',
  );
  t.equal(
    show(
      '{% if products contains tea %}y{% endif %}{% if products == empty %}n{% endif %}{% if tea == products.tea %}y{% endif %}',
    ),
    'yy',
  );
  t.equal(
    text('{% if l == empty %}empty{% endif %}', { l: { liquidGet: () => undefined, liquidSize: 0 } }),
    'empty',
  );
  t.end();
});

t.test('compares a drop as what it counts as', (t) => {
  const show = (source: string) => text(source, { colour, h: { '#ff0000': 'red' }, l: ['#ff0000'] });
  t.equal(show('{{ colour }} {{ colour.red }} {{ h[colour] }}'), '#ff0000 255 red');
  t.equal(
    show(
      '{% if colour == "#ff0000" %}a{% endif %}{% if l contains colour %}b{% endif %}{% if colour != blank %}c{% endif %}{% case colour %}{% when "#ff0000" %}d{% endcase %}',
    ),
    'abcd',
  );
  t.end();
});

t.test('gives filters their arguments, named ones too, and takes what they cost', (t) => {
  const filters: LiquidExtensions['filters'] = {
    shown: (input, { args, named }) => JSON.stringify([input, args, named]),
    dear: (input, { run }) => {
      run.use(1000);
      return input;
    },
    refuses: (_, { run }) => run.fail('not today'),
    upcase: (input) => `own ${values.text(input)}`,
  };
  const engine = createEngine(themeTables({ filters }));
  const render = (source: string, limits = {}) => {
    const fuel = engine.fuel(limits);
    const { text } = engine.render(engine.compile(source, 'x'), { fuel, globals: { a: 1 } });
    return { text, left: fuel.left };
  };
  t.equal(
    render(`{{ a | shown: 'b', nosuch, width: a, alt: "x" }}{{ a | shown }}`).text,
    '[1,["b",null],{"width":1,"alt":"x"}][1,[],{}]',
  );
  t.equal(render('{{ 1 | refuses }}').text, 'Liquid error (x line 1): not today');
  t.equal(render('{{ "a" | upcase }}').text, 'own a');
  t.equal(render('{{ 1 | dear }}', { page: 3000 }).left, 3000 - 1000 - 5 - 3);
  t.end();
});

t.test('runs tags of others, with and without a body', (t) => {
  const tags: LiquidExtensions['tags'] = {
    section: {
      compile(tag: LiquidTagSource) {
        const name = tag.read.quoted() ?? tag.fail('"section" needs a quoted name');
        tag.refer('sections', name);
        return (run) => run.write(`<div id="${name}">${String(run.registers.store)}</div>`);
      },
    },
    form: {
      body: 'liquid',
      compile(tag) {
        const kind = tag.read.quoted();
        const object = tag.read.take(',') ? tag.read.value() : undefined;
        const attributes = tag.read.named();
        return (run) => {
          run.write(
            `<form class="${values.text(attributes.class?.(run))}">${kind} ${values.text(object?.(run))} `,
          );
          run.with({ form: { id: `form-${kind}` } }, () => tag.body(run));
          run.write('</form>');
        };
      },
    },
    style: { body: 'liquid', compile: (tag) => (run) => run.write(run.capture(() => tag.body(run)).trim()) },
    script: { body: 'text', isBlank: true, compile: (tag) => (run) => run.set('script', tag.text) },
    given: {
      compile(tag) {
        const named = tag.read.named();
        return (run) =>
          run.write(
            Object.entries(named)
              .map(([name, value]) => `${name}=${value(run)}`)
              .join(),
          );
      },
    },
    breaks: {
      compile() {
        throw new TypeError('an accident');
      },
    },
  };
  const engine = createEngine(themeTables({ tags }));
  const render = (source: string) =>
    engine.render(engine.compile(source, 'x'), { globals: { p: 'tea' }, registers: { store: 'a' } }).text;

  t.equal(render(`{% section 'header' %}`), '<div id="header">a</div>');
  t.same(
    engine.compile(`{% section 'b' %}{% section 'a' %}{% section 'b' %}{% render 'c' %}`, 'x').references,
    {
      sections: ['b', 'a'],
      snippets: ['c'],
    },
  );
  t.equal(
    render(
      `{% form 'product', p, class: 'big' %}{{ form.id }}{% if p %}!{% endif %}{% endform %}{{ form.id }}`,
    ),
    '<form class="big">product tea form-product!</form>',
  );
  t.equal(render('{% style %} {{ p }} {% endstyle %}'), 'tea');
  t.equal(
    render('[{% if true %} {% script %}{{ {% if %}{% endscript %} {% endif %}]{{ script }}'),
    '[]{{ {% if %}',
  );
  t.equal(render('{% given a: 1, closest.product: p, data-x: "y" %}'), 'a=1,closest.product=tea,data-x=y');
  t.equal(render('{% section header %}'), 'Liquid syntax error (x line 1): "section" needs a quoted name');
  t.equal(render('{% breaks %}'), 'Liquid syntax error (x line 1): internal');
  t.equal(render('{% form "a" %}'), 'Liquid syntax error (x line 1): tag {% form "a" %} not closed');
  t.end();
});

t.test('renders a template in another, with its own globals and budget', (t) => {
  const inner = engine.compile('{{ section.title }}{{ own }}{{ local }}{{ x }}', 'sections/inner');
  const hungry = engine.compile('{% for i in (1..9999) %}.{% endfor %}', 'sections/hungry');
  const block: LiquidDrop = {
    liquidGet: () => undefined,
    liquidRender: (run: LiquidRun) => {
      run.render(inner, { globals: { section: { title: 'In' } }, locals: { own: 1 } });
      run.render(hungry, { budget: 500 });
      run.render(inner);
    },
  };
  const { text, problems } = engine.render(
    engine.compile('{% assign x = 1 %}{% render block %}.', 'sections/out'),
    {
      globals: { block, section: { title: 'Out' } },
      locals: { local: 'never seen inside' },
    },
  );
  t.equal(
    text,
    'In1Liquid error (sections/hungry line 1): this template does too much work (budget used up)Out.',
  );
  t.match(problems, [{ kind: 'fuel', template: 'sections/hungry' }]);
  t.end();
});

t.test('ends what renders itself through a tag of another plugin', (t) => {
  const tags: LiquidExtensions['tags'] = {
    again: { compile: () => (run) => run.write(engine.render(self, { fuel: run.fuel }).text) },
  };
  const engine = createEngine(themeTables({ tags }));
  const self = engine.compile('.{% again %}', 'sections/self');
  t.match(engine.render(self, { fuel: engine.fuel(), budget: true }), {
    text: 'Liquid error (sections/self line 1): Nesting too deep',
    problems: [{ kind: 'fuel', message: 'Nesting too deep' }],
  });
  t.end();
});

t.test('shows globals everywhere, and locals where they were given', (t) => {
  const snippet = engine.compile('{{ global }}{{ local }}', 'snippets/s');
  const page = (source: string) =>
    engine.render(engine.compile(source, 'x'), {
      globals: { liquidGet: (key: string) => (key === 'global' ? 'G' : undefined) },
      locals: { local: 'L' },
      partial: () => snippet,
    }).text;
  t.equal(page(`{{ global }}{{ local }}-{% render 's' %}-{% include 's' %}`), 'GL-G-GL');
  t.equal(page(`{% assign global = nil %}[{{ global }}]`), '[]');
  t.end();
});

t.test('gives back what is data in a file, and does not read it', (t) => {
  const source = `<p>\n{% schema %}\n{ "name": "{{ x }}", "visible_if": "{% if %}" }\n{% endschema %}
{% stylesheet %}a{}{% endstylesheet %}{%- javascript -%} let a = '{{'; {%- endjavascript -%}{% doc %}@param {string} a{% enddoc %}</p>`;
  const template = engine.compile(source, 'sections/a');
  t.same(template.problems, []);
  t.same(
    [template.schema, template.stylesheet, template.javascript, template.doc],
    [
      { text: '\n{ "name": "{{ x }}", "visible_if": "{% if %}" }\n', line: 2 },
      { text: 'a{}', line: 5 },
      { text: `let a = '{{';`, line: 5 },
      { text: '@param {string} a', line: 5 },
    ],
  );
  t.equal(engine.render(template).text, '<p>\n\n</p>');
  t.ok(template.bytes > source.length);
  t.ok(Object.isFrozen(template));
  t.end();
});

t.test('reaches nothing behind plain data', (t) => {
  class Account {
    name = 'Ada';
    get hidden() {
      return 'hidden';
    }
    method() {
      return 'method';
    }
  }
  const names = ['hidden', 'method', 'constructor', '__proto__', 'toString', 'hasOwnProperty'];
  const probes = [
    ...names.flatMap((name) => [
      `account.${name}`,
      `account['${name}']`,
      `list.${name}`,
      `'text'.${name}`,
      name,
    ]),
    "list | map: '__proto__' | first",
    "'x' | constructor",
    'list.join',
    '(1..2).constructor',
    '1.5.constructor',
    'at.getTime',
  ];
  const data = { account: new Account(), list: [{ a: 1 }], at: new Date(0), f: () => 'called' };
  t.equal(
    text(
      probes
        .map((probe) => `{{ ${probe} }}`)
        .join('')
        .replace("{{ 'x' | constructor }}", ''),
      data,
    ).replaceAll(/1\.\.2|1\.5/g, ''),
    '',
  );
  t.equal(text('{{ account.name }}{{ f }}{{ "x" | constructor }}', data), 'Adax');
  t.equal(
    text('{% assign __proto__ = account %}{{ name }}{% assign constructor = 1 %}{{ constructor }}', data),
    '1',
  );
  t.equal(({} as { name?: string }).name, undefined);
  t.end();
});

import fc from 'fast-check';
import { Liquid } from 'liquidjs';
import t from 'tap';
import { text } from './rendered.ts';

/* Another's engine on templates that both must read alike: texts, whole numbers, lists, branches and loops. */

const reference = new Liquid({ ownPropertyOnly: true });

const DATA = {
  n: 7,
  word: 'Green Tea',
  list: ['tea', 'Milk', 'sugar', 'tea'],
  numbers: [3, 1, 2],
  product: { title: 'Cup', price: 1200, tags: ['a', 'b'] },
};

const number = pipeline(fc.constantFrom('n', '3', '-12', 'product.price', 'list.size', 'numbers[1]'), [
  ...['plus', 'minus', 'times', 'at_least', 'at_most'].map((name) => `${name}: 5`),
  'abs',
  'floor',
]);
const word = pipeline(fc.constantFrom('word', "'some text'", 'product.title', 'list[0]', 'list.first'), [
  'upcase',
  'downcase',
  'capitalize',
  'strip',
  'escape',
  "append: '.'",
  "prepend: '> '",
  "replace: 'e', 'E'",
  "remove: 't'",
  "remove_first: 'e'",
  'truncate: 6',
  'slice: 1, 3',
  "default: 'none'",
  'url_encode',
  "split: 'e' | join: '-'",
]);
const list = pipeline(fc.constantFrom('list', 'product.tags', "'c,b,a' | split: ','"), [
  'reverse',
  'sort',
  'uniq',
  'compact',
  'sort_natural',
  'concat: product.tags',
]);
const output = fc.oneof(
  number.map((one) => `{{ ${one} }}`),
  word.map((one) => `{{ ${one} }}`),
  list.map((one) => `{{ ${one} | join: ',' }}`),
  fc.constantFrom(
    'text',
    ' <b>x</b> ',
    '{{ forloop.index }}',
    '{{ item }}',
    '{{ kept }}',
    '{% increment c %}',
  ),
);
const condition = fc
  .tuple(
    fc.constantFrom('n', 'product.price', 'numbers.size'),
    fc.constantFrom('==', '!=', '<', '>=', '>'),
    fc.integer({ min: 0, max: 9 }),
  )
  .map((parts) => parts.join(' '));
const conditions = fc
  .tuple(condition, fc.constantFrom('and', 'or'), condition, fc.constantFrom('and', 'or'), condition)
  .map((parts) => parts.join(' '));
const { template } = fc.letrec<{ template: string; piece: string }>((tie) => ({
  template: fc.array(tie('piece'), { maxLength: 5 }).map((pieces) => pieces.join('')),
  piece: fc.oneof(
    { depthSize: 'small' },
    output,
    fc
      .tuple(conditions, tie('template'), tie('template'))
      .map(([test, yes, no]) => `{% if ${test} %}${yes}{% else %}${no}{% endif %}`),
    fc.tuple(condition, tie('template')).map(([test, body]) => `{% unless ${test} %}${body}{% endunless %}`),
    fc
      .tuple(fc.integer({ min: 1, max: 3 }), tie('template'))
      .map(
        ([limit, body]) =>
          `{% for item in list limit: ${limit} offset: 1 %}${body}{% else %}none{% endfor %}`,
      ),
    fc.tuple(word, tie('template')).map(([value, body]) => `{% assign kept = ${value} %}${body}`),
    tie('template').map((body) => `{% capture kept %}${body}{% endcapture %}{{ kept | upcase }}`),
    fc
      .tuple(fc.integer({ min: 6, max: 8 }), tie('template'))
      .map(([when, body]) => `{% case n %}{% when ${when} %}${body}{% else %}other{% endcase %}`),
  ),
}));

t.test('writes what another engine writes, where both read alike', (t) => {
  fc.assert(
    fc.property(template, (source) => {
      const expected = String(reference.parseAndRenderSync(source, structuredClone(DATA)));
      // Blocks that write nothing leave their white space out.
      const ours = text(source, DATA);
      if (squeezed(ours) !== squeezed(expected))
        throw new Error(`of ${source}\n  we write ${ours}\n  another ${expected}`);
    }),
    { numRuns: 500 },
  );
  t.end();
});

function pipeline(values: fc.Arbitrary<string>, filters: readonly string[]): fc.Arbitrary<string> {
  const chain = fc.array(fc.constantFrom(...filters), { maxLength: 3 });
  return fc.tuple(values, chain).map(([value, names]) => [value, ...names].join(' | '));
}

function squeezed(written: string): string {
  return written.replace(/&#34;/g, '&quot;').replace(/\s+/g, '');
}

import t, { type Test } from 'tap';
import { values } from '../services/values.ts';
import { type Case, page, text, written } from './rendered.ts';

const check = (t: Test, cases: readonly Case[]) => t.same(...written(cases));

t.test('keeps whole numbers whole, and floats floats', (t) => {
  check(t, [
    ['{{ 5 | divided_by: 3 }}', '1'],
    ['{{ -7 | divided_by: 2 }}', '-4'],
    ['{{ 5.0 | divided_by: 3 | round: 2 }}', '1.67'],
    ['{{ 1999 | divided_by: 100.0 }}', '19.99'],
    ['{{ 3 | times: 1.0 }}', '3.0'],
    ['{{ 2.0 }} {{ 2 }}', '2.0 2'],
    ['{{ 0.1 | plus: 0.2 }} {{ 10.1 | minus: 2.2 }}', '0.3 7.9'],
    ['{{ 7 | modulo: -3 }} {{ 7 | modulo: 3 }} {{ 7.5 | modulo: 2 }}', '-2 1 1.5'],
    ['{{ 1 | divided_by: 0 }}', 'Liquid error (sections/a line 1): divided by 0'],
    [
      '{{ 2.5 | round }} {{ -2.5 | round }} {{ 1.005 | round: 2 }} {{ 4.7 | ceil }} {{ -4.7 | floor }}',
      '3 -3 1.01 5 -5',
    ],
    ['{{ "12abc" | plus: 1 }} {{ "x" | plus: 1 }} {{ nil | plus: 1 }} {{ "1.5" | plus: 1 }}', '13 1 1 2.5'],
    ['{{ -3 | abs }} {{ -3.0 | abs }} {{ 4 | at_most: 3 }} {{ 4 | at_least: 5.0 }}', '3 3.0 3 5.0'],
    ['{% if 5.0 == 5 %}same{% endif %}', 'same'],
    ['{{ 0.00001 }} {{ 100000000000000000000.0 }} {{ 0.0 }}', '1.0e-05 1.0e+20 0.0'],
  ]);
  t.end();
});

t.test('leaves out the white space of blocks that write nothing', (t) => {
  check(t, [
    ['[{% if true %}  {% assign x = 1 %} {% endif %}]', '[]'],
    ['[{% for i in (1..3) %} {% comment %}c{% endcomment %} {% endfor %}]', '[]'],
    ['[{% if true %} {% if true %} {% assign x = 1 %} {% endif %} {% endif %}]', '[]'],
    ['[{% unless false %} {% else %} x {% endunless %}]', '[ ]'],
    ['[{% case 1 %} {% when 1 %} {% assign x = 1 %} {% endcase %}]', '[]'],
    [`[{% if true %} {{ '' }} {% endif %}]`, '[  ]'],
    ['[{% liquid\nif true\nassign x = 1\nendif\n%}]', '[]'],
    ['[{% if true %} {% schema %}{}{% endschema %} {% endif %}]', '[]'],
  ]);
  t.end();
});

t.test('cuts white space where a dash asks for it', (t) => {
  check(t, [
    ['a \n {{- 1 -}} \t b', 'a1b'],
    ['a {%- if true -%} b {%- endif -%} c', 'abc'],
    ['a {%- raw -%} {{ x }} {%- endraw -%} b', 'a{{ x }}b'],
    ['a {%- comment -%} b {%- endcomment -%} c', 'ac'],
    ['a {%- # note -%} b', 'ab'],
    ['{{--}}', ''],
    ['a\u00a0{{- 1 }}{% if true %}\u00a0{% endif %}', 'a\u00a01\u00a0'],
    ['{% if x == blank %}n{% endif %}', '', { x: '\u00a0' }],
  ]);
  t.end();
});

t.test('knows where a loop stands, and the loop around it', (t) => {
  check(t, [
    [
      '{% for i in (1..2) %}{% for j in (1..2) %}{{ forloop.parentloop.index }}{{ forloop.index }} {% endfor %}{% endfor %}',
      '11 12 21 22 ',
    ],
    [
      '{% for i in (1..3) %}{{ forloop.index0 }}{{ forloop.rindex }}{{ forloop.rindex0 }}{{ forloop.first }}{{ forloop.last }}{{ forloop.length }} {% endfor %}',
      '032truefalse3 121falsefalse3 210falsetrue3 ',
    ],
    ['{% for i in (1..9) limit: 2 offset: 3 %}{{ i }}{% endfor %}', '45'],
    ['{% for i in (1..9) reversed limit: 2 %}{{ i }}{% endfor %}', '21'],
    [
      '{% for i in (1..5) limit: 2 %}{{ i }}{% endfor %}-{% for i in (1..5) offset: continue %}{{ i }}{% endfor %}',
      '12-345',
    ],
    ['{% for i in nothing %}{{ i }}{% else %}none{% endfor %}', 'none'],
    [
      '{% for i in (1..9) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}',
      '13',
    ],
    ['{% for pair in h %}{{ pair[0] }}={{ pair[1] }} {% endfor %}', 'a=1 b=2 ', { h: { a: 1, b: 2 } }],
    ['{% for i in "text" %}[{{ i }}]{% endfor %}', '[text]'],
    ['{% for i in (1.9.."3") %}{{ i }}{% endfor %}', '123'],
    ['{% for i in (1..2) %}{{ forloop.name }} {% endfor %}{{ forloop }}', 'i-(1..2) i-(1..2) '],
  ]);
  t.end();
});

t.test('writes tables row by row', (t) => {
  check(t, [
    [
      '{% tablerow i in (1..3) cols: 2 %}{{ i }}{% if tablerowloop.col_last %}!{% endif %}{% endtablerow %}',
      '<tr class="row1">\n<td class="col1">1</td><td class="col2">2!</td></tr>\n<tr class="row2"><td class="col1">3</td></tr>\n',
    ],
    [
      '{% tablerow i in l limit: 1 offset: 1 %}{{ i }}{{ tablerowloop.row }}{% endtablerow %}',
      '<tr class="row1">\n<td class="col1">b1</td></tr>\n',
      { l: ['a', 'b', 'c'] },
    ],
  ]);
  t.end();
});

t.test('renders snippets apart, and includes them in place', (t) => {
  const snippets = {
    card: '{{ card.title }}{{ forloop.index }}{{ extra }}{{ outer }};',
    item: '{{ it.title }}{{ outer }}{% assign outer = "changed" %};',
    stops: '{{ i }}{% break %}',
    'ui/icon': '{{ icon }}',
  };
  const list = [{ title: 'a' }, { title: 'b' }];
  const shown = (source: string) => text(`{% assign outer = 'o' %}${source}`, { list }, { snippets });
  t.same(
    [
      shown(`{% render 'card' for list, extra: '!' %}`),
      shown(`{% render 'card' with list[1] %}`),
      shown(`{% render 'item' for list as it %}{{ outer }}`),
      shown(`{% include 'card' for list %}`),
      shown(`{% include 'item' with list[0] as it %}{{ outer }}`),
      shown(`{% for i in (1..3) %}{% include 'stops' %}{% endfor %}`),
      shown(`{% for i in (1..3) %}{% render 'stops', i: i %}{% endfor %}`),
      shown(`{% render 'ui/icon', icon: 'star' %}`),
      shown(`{% assign name = 'card' %}{% include name, card: list[0] %}`),
    ],
    ['a1!;b2!;', 'b;', 'a;b;o', 'ao;bo;', 'ao;changed', '1', '123', 'star', 'ao;'],
  );
  t.end();
});

t.test('compares nothing, emptiness and blanks as themes expect', (t) => {
  check(t, [
    [
      '{% if nil == blank %}y{% endif %}{% if nosuch == blank %}y{% endif %}{% if false == blank %}y{% endif %}',
      'yyy',
    ],
    [
      '{% if "  " == blank %}y{% endif %}{% if "" == empty %}y{% endif %}{% if nil == empty %}n{% endif %}',
      'yy',
    ],
    ['{% if l == empty %}y{% endif %}{% if h == blank %}y{% endif %}', 'yy', { l: [], h: {} }],
    ['{% if "" %}y{% endif %}{% if 0 %}y{% endif %}{% if l %}y{% endif %}', 'yyy', { l: [] }],
    [
      '{% if "abc" contains nil %}n{% endif %}{% if l contains 2 %}y{% endif %}{% if h contains "a" %}y{% endif %}',
      'yy',
      { l: [1, 2], h: { a: 1 } },
    ],
    ['{% if nil < 1 %}n{% endif %}{% if blank <= 1 %}n{% endif %}', ''],
    [
      '{% if 1 < "2" %}n{% endif %}',
      'Liquid error (sections/a line 1): comparison of Integer with String failed',
    ],
    ['{% if 1 == "1" %}n{% endif %}{% if "a" < "b" %}y{% endif %}', 'y'],
    [
      '{% if true or false and false %}y{% endif %}{% if true and false or true %}y{% endif %}{% if false and true or true %}n{% endif %}',
      'yy',
    ],
    ['{% if 1 <> 2 and "a" != "b" %}y{% endif %}', 'y'],
    ['{% case 2 %}{% when 1, 2 %}a{% when 2 or 3 %}b{% else %}c{% endcase %}', 'ab'],
  ]);
  t.end();
});

t.test('finds, keeps and rejects by a property', (t) => {
  const data = {
    l: [{ a: 1, b: true }, { a: 2 }, { a: 2, b: false }],
    words: ['tea', 'coffee'],
    holes: [{ a: 1 }, null],
  };
  const cases: Case[] = [
    ['{{ l | where: "a", 2 | size }}{{ l | where: "b" | size }}', '21'],
    ['{{ l | reject: "a", 2 | size }}{{ l | reject: "b" | size }}', '12'],
    ['{{ l | find: "a", 2 | json }}', '{"a":2}'],
    ['{{ l | find_index: "a", 2 }}{{ l | find_index: "a", 9 }}', '1'],
    ['{{ l | has: "b" }}{{ l | has: "a", 9 }}{{ nosuch | has: "a" }}', 'truefalsefalse'],
    ['{{ words | where: "tea" | join }}|{{ words | has: "off" }}', 'tea|true'],
    [
      '{{ holes | find: "a", 1 }}|{{ 4 | where: "a" }}',
      `|Liquid error (sections/a line 1): cannot select the property 'a'`,
    ],
  ];
  check(
    t,
    cases.map(([source, expected]) => [source, expected, data]),
  );
  t.end();
});

t.test('reads lists and hashes, also in one another', (t) => {
  const data = {
    h: { b: 1, a: 2 },
    l: [
      [1, 2],
      [3, [4]],
    ],
    s: { size: 'XL', first: 'f' },
    mixed: [3, 1, null, 2],
  };
  const cases: Case[] = [
    ['{{ h.size }}{{ h.first[0] }}{{ s.size }}{{ s.first }}{{ l.last | json }}', '2bXLf[3,[4]]'],
    ['{{ l | join: "-" }}|{{ l | sum }}|{{ l | concat: l | size }}', '1-2-3-4|10|8'],
    [
      '{{ mixed | sort | join: "," }}|{{ mixed | compact | size }}|{{ mixed | reverse | first }}',
      '1,2,3,|3|2',
    ],
    [
      '{{ "b,A,c" | split: "," | sort_natural | join }}|{{ "a,b,a" | split: "," | uniq | join }}',
      'A b c|a b',
    ],
    ['{{ l[0][-1] }}{{ l[9] }}{{ h["b"] }}{{ h[key] }}', '21'],
    ['{{ "hello" | slice: -3, 2 }}{{ mixed | slice: 1, 2 | json }}{{ "a😀b" | slice: 1 }}', 'll[1,null]😀'],
    ['{{ (1..5) }} {{ (1..5) | reverse | first }} {{ (1..5) | size }}', '1..5 5 5'],
    ['{{ h }} {{ l }}', '{"b"=>1, "a"=>2} 1234'],
  ];
  check(
    t,
    cases.map(([source, expected]) => [source, expected, data]),
  );
  t.end();
});

t.test('steps over what does not belong there', (t) => {
  check(t, [
    ['{{ "a" | upcase foo: 1, 2 }}{{ "a" | append "b" }}', 'Aa'],
    ['{% if (true or false) and true %}y{% endif %}', 'y'],
    ['{% if false %}a{% else nonsense %}b{% else %}c{% endif %}', 'b'],
    ['{% if false %}a{% else %}b{% elsif true %}c{% endif %}', 'b'],
    ['{% for i in (1..2), limit: 1, %}{{ i }}{% endfor %}', '1'],
    ['{{ h . a }}{{ h [ "a" ] }}{{ h.a & 3 }}', '111', { h: { a: 1 } }],
    ['{{ 1 2 3 }}{{ }}{{ | upcase }}', '1'],
    ['{{ "a" | nosuch: 1 | upcase }}', 'A'],
    ['{% comment %}{% comment %}{% endcomment %}{% raw %}{% endcomment %}{% endraw %}{% endcomment %}x', 'x'],
    ['{{ "it\'s" }}{{ \'say "x"\' }}', 'it\'ssay "x"'],
  ]);
  t.end();
});

t.test('has the texts, encodings and odds of the reference', (t) => {
  const data = { day: '2024-03-14' };
  const cases: Case[] = [
    ['{{ "it\'s (a) *!" | url_encode }}', 'it%27s+%28a%29+%2A%21'],
    [
      '{{ "a%20b+c" | url_decode }}|{{ "ä?/" | url_escape }}|{{ "ä?/" | url_param_escape }}',
      'a b c|%C3%A4?/|%C3%A4%3F%2F',
    ],
    [
      '{{ "a?>b" | base64_encode }}|{{ "a?>b" | base64_url_safe_encode }}|{{ "YT8-Yg==" | base64_url_safe_decode }}',
      'YT8+Yg==|YT8-Yg==|a?>b',
    ],
    [
      '{{ "one two three" | truncatewords: 3 }}|{{ "one two three" | truncatewords: 2 }}',
      'one two three|one two...',
    ],
    [
      '{{ "a long text" | truncate: 5 }}|{{ "abc" | truncate: 3 }}|{{ "abcdef" | truncate: 4, "" }}',
      'a ...|abc|abcd',
    ],
    ['{{ "a,b,," | split: "," | size }}|{{ "a b" | split: "" | join: "-" }}', '2|a- -b'],
    [
      '{{ "aXbXc" | replace: "X", "-" }}|{{ "aXbXc" | replace_last: "X", "-" }}|{{ "aXbXc" | remove_first: "X" }}',
      'a-b-c|aXb-c|abXc',
    ],
    [
      '{{ "<p>a</p><script>b</script>" | strip_html }}|{{ "<&\'" | escape }}|{{ "&amp;<" | escape_once }}',
      'a|&lt;&amp;&#39;|&amp;&lt;',
    ],
    [
      '{{ "Tea & Milk, 100%!" | handleize }}|{{ "add-to_cart" | camelize }}|{{ 2 | pluralize: "cup" }}{{ 1 | pluralize: "box", "boxes" }}',
      'tea-milk-100|AddToCart|cupsbox',
    ],
    [
      '{{ false | default: "x" }}{{ false | default: "x", allow_false: true }}{{ "" | default: "y" }}{{ 0 | default: "z" }}',
      'xfalsey0',
    ],
    ['{{ "a\nb" | newline_to_br }}|{{ "a\nb" | strip_newlines }}', 'a<br />\nb|ab'],
    [
      '{{ "x" | md5 }}|{{ "x" | sha1 }}',
      '9dd4e461268c8034f5c8564e155c67a6|11f6ad8ec52a2984abaafd7c3b516503785c2072',
    ],
    ['{{ "x" | hmac_sha256: "k" | size }}{{ "x" | sha256 | size }}', '6464'],
    ["{% cycle 'a', 'b' %}{% cycle 'a', 'b' %}{% cycle 'g': 'a', 'b' %}{% cycle 'a', 'b' %}", 'abaa'],
    [
      '{% ifchanged %}a{% endifchanged %}{% ifchanged %}a{% endifchanged %}{% ifchanged %}b{% endifchanged %}',
      'ab',
    ],
    ['{% increment n %}{% increment n %}{{ n }}{% decrement m %}{% assign n = 9 %}{{ n }}', '012-19'],
    ['{% capture x %}a{{ 1 }}{% endcapture %}{{ x }}{% echo x | upcase %}', 'a1A1'],
  ];
  check(
    t,
    cases.map(([source, expected]) => [source, expected, data]),
  );
  t.end();
});

t.test('writes dates in the zone that they name, else in the page’s', (t) => {
  const at = new Date('2024-03-09T23:05:06Z');
  const zoned = (source: string, locale = 'en') =>
    text(source, { at }, { timeZone: 'Europe/Luxembourg', locale, now: at });
  const run = { locale: 'de', timeZone: 'Asia/Tokyo', now: at };
  t.equal(values.date(at, '%-d. %B %H:%M', run), '10. März 08:05');
  t.equal(values.date('soon', '%Y', run), 'soon');
  t.same(
    [
      zoned(`{{ at | date: '%Y-%m-%d %H:%M %z' }}`),
      zoned(`{{ '2024-03-09T23:05:06-05:00' | date: '%F %T %z' }}`),
      zoned(`{{ '2024-07-01' | date: '%F %R %z' }}`),
      zoned(`{{ 1710025506 | date: '%D %r' }}|{{ '1710025506' | date: '%s' }}`),
      zoned(`{{ at | date: '%v %G-W%V-%u %g %j %U %e %-d %^a %P %:z' }}`),
      zoned(`{{ at | date: '%A, %-d %B' }}`, 'fr'),
      zoned(`{{ 'now' | date: '%H' }}|{{ 'soon' | date: '%Y' }}|{{ nil | date: '%Y' }}|{{ at | date: '' }}`),
      zoned(`{{ at | date: format: 'abbreviated_date' }}|{{ at | date: '100%% %5Y %_m' }}`),
      zoned(`{{ at }}`),
    ],
    [
      '2024-03-10 00:05 +0100',
      '2024-03-09 23:05:06 -0500',
      '2024-07-01 00:00 +0200',
      '03/10/24 12:05:06 AM|1710025506',
      '10-MAR-2024 2024-W10-7 24 070 10 10 10 SUN am +01:00',
      'dimanche, 10 mars',
      '00|soon||2024-03-09 23:05:06 UTC',
      'Mar 10, 2024|100% 02024  3',
      '2024-03-09 23:05:06 UTC',
    ],
  );
  t.end();
});

t.test('says what layout a page asks for', (t) => {
  t.equal(page(`{% layout 'wide' %}x`).layout, 'wide');
  t.equal(page('{% layout none %}x').layout, null);
  t.equal(page('x').layout, undefined);
  t.equal(page('{% layout name %}', { name: 'other' }).layout, 'other');
  t.end();
});

t.test('prints JSON that is safe in a script', (t) => {
  const data = { x: { a: '</script>&\u2028', n: 5, f: 1.5, l: [null, true], d: new Date(0), no: undefined } };
  t.equal(
    text('{{ x | json }}{{ 5.0 | json }}{{ nosuch | json }}', data),
    '{"a":"\\u003c/script\\u003e\\u0026\\u2028","n":5,"f":1.5,"l":[null,true],"d":"1970-01-01T00:00:00.000Z"}5.0null',
  );
  t.end();
});

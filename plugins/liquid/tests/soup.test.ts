import fc from 'fast-check';
import t from 'tap';
import { engine } from './rendered.ts';

const PIECES =
  '{{|}}|{%|%}|{%-|-%}|{{-|-}}| |\n|if|elsif|else|endif|unless|endunless|for|in|endfor|case|when|endcase|assign|=|capture|endcapture|render|include|with|as|liquid|raw|endraw|comment|endcomment|schema|endschema|cycle|tablerow|endtablerow|increment|break|continue|layout|ifchanged|endifchanged|echo|#|reversed|limit:|offset:|continue|forloop|x|y|l|h|nil|true|empty|blank|1|2.5|-3|(1..3)|(|)|[|]|.|..|,|:|==|<|>|!=|contains|and|or|"text"|\'card\'|"|\'|__proto__|constructor|first|size|&|\u2028|😀';
const piece = fc.constantFrom(
  ...PIECES.split('|').map((part) => (part === '' ? '|' : part)),
  ...engine.filters.map((name) => `| ${name}: `),
  ...engine.tags.map((name) => `{% ${name} x %}`),
);
const soup = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' '));
const value = fc.jsonValue({ maxDepth: 3 });

t.test('renders whatever stands in a template, and throws nothing but that it did too much', (t) => {
  const render = (source: string, card: string, x: unknown, l: unknown) => {
    const template = engine.compile(source, 'x');
    const partial = () => engine.compile(card, 'card');
    const fuel = engine.fuel({ page: 50_000, milliseconds: 600_000 });
    const data = { x, l, h: { x, 'a b': l }, y: new Date(0) };
    try {
      const { text, problems } = engine.render(template, { globals: data, partial, fuel });
      const internal = problems.find(({ cause }) => cause !== undefined);
      if (internal) throw internal.cause;
      return typeof text === 'string';
    } catch (error) {
      if (engine.isFuelError(error)) return true;
      throw error;
    }
  };
  fc.assert(fc.property(soup, soup, value, value, render), { numRuns: 2000 });
  t.end();
});

t.test('takes any value through every filter', (t) => {
  const odd = fc.oneof(value, fc.constant(new Date(Number.NaN)), fc.constant(undefined), fc.double());
  const through = (name: string, x: unknown, y: unknown, z: unknown) => {
    const source = `{{ x | ${name}: y, z }}{{ x | ${name} }}{{ l | ${name}: y }}{{ (1..3) | ${name}: y }}{{ 5.0 | ${name}: z }}`;
    const page = { globals: { x, y, z, l: [x, y, z] }, timeZone: 'Europe/Berlin', locale: 'lb' };
    const { problems } = engine.render(engine.compile(source, 'x'), page);
    const internal = problems.find(({ cause }) => cause !== undefined);
    if (internal) throw internal.cause;
  };
  fc.assert(fc.property(fc.constantFrom(...engine.filters), odd, odd, odd, through), { numRuns: 3000 });
  t.end();
});

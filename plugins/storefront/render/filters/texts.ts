import type { LiquidCall, LiquidFilter } from 'kontor/sdk';
import { type Page, pageOf } from '../page.ts';
import { attributes, namedBut } from './html.ts';

/** `{{ 'products.sold_out' | t: count: 2 }}`: words of the theme, of the platform, or how the key sounds. */
export const translate: LiquidFilter = (input, { named, run }) => {
  const page = pageOf(run);
  const { values } = page;
  const key = values.text(input);
  const count = named.count === undefined ? undefined : values.number(named.count);
  const text = page.code.texts(page.locale).text(key, count) ?? systemText(page, key);
  if (text === undefined) return `Translation missing: ${page.locale}.${key}`;
  const isHtml = /(?:^|[._])html$/.test(key);
  return text.replace(/\{\{-?\s*([\w.]+)\s*-?\}\}/g, (whole, name: string) => {
    if (!Object.hasOwn(named, name)) return whole;
    const value = values.text(named[name]);
    return isHtml ? value : values.escape(value);
  });
};

/** Keys that no theme has and themes use all the same: `shopify.checkout.general.cart`. */
function systemText({ say }: Page, key: string): string | undefined {
  if (!key.startsWith('shopify.')) return undefined;
  const ours = `system.${key.slice('shopify.'.length)}`;
  const text = say(ours);
  return text === ours ? (key.split('.').at(-1) ?? '').replaceAll('_', ' ') : text;
}

const timeTag: LiquidFilter = (input, call) => {
  const { engine, values } = pageOf(call.run);
  const { run, named, args } = call;
  if (input === null || input === undefined || input === '') return '';
  const template = engine.compile(
    "{{ at | date: '%Y-%m-%dT%H:%M:%SZ' }}\u0000{% if style %}{{ at | date: format: style }}{% else %}{{ at | date: pattern }}{% endif %}",
    'time_tag',
  );
  const known = NAMED_FORMATS[values.text(named.format)];
  const pattern = known ?? (values.text(args[0]) || '%B %-d, %Y');
  const locals = { at: input, pattern, style: known ? null : (named.format ?? null) };
  const { locale, timeZone, now, fuel } = run;
  const [machine = '', text = ''] = engine
    .render(template, { locals, locale, timeZone, now, fuel })
    .text.split('\u0000');
  return `<time${attributes({ ...namedBut(call, 'format'), datetime: machine }, values)}>${text}</time>`;
};
const NAMED_FORMATS: Readonly<Record<string, string>> = {
  date: '%B %-d, %Y',
  abbreviated_date: '%b %-d, %Y',
  month: '%B %Y',
  month_day_year: '%B %-d, %Y',
};

const pluralize: LiquidFilter = (input, { args: [one, many], run }) => {
  const { values } = pageOf(run);
  return values.number(input) === 1 ? one : (many ?? `${values.text(one)}s`);
};

/** Words of a search, marked in a text. */
const highlight: LiquidFilter = (input, { args: [terms], run }) => {
  const { values } = pageOf(run);
  const text = values.escape(values.text(input));
  const words = values
    .text(terms)
    .split(/\s+/)
    .filter((word) => word.length > 1)
    .slice(0, 10);
  if (words.length === 0) return text;
  const pattern = words.map((word) => values.escape(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  run.use(text.length >> 3);
  return text.replace(new RegExp(`(${pattern})`, 'gi'), '<strong class="highlight">$1</strong>');
};

const formatCode: LiquidFilter = (input, { run }) =>
  pageOf(run)
    .values.text(input)
    .replace(/(.{4})(?=.)/g, '$1 ');
const same: LiquidFilter = (input) => input;

const formatAddress: LiquidFilter = (input, { run }) => {
  const { values } = pageOf(run);
  const part = (name: string) => values.text(values.get(input, name));
  const town = [part('zip'), part('city')].filter(Boolean).join(' ');
  const lines = [
    part('name'),
    part('company'),
    part('address1'),
    part('address2'),
    town,
    part('province'),
    part('country'),
  ];
  return `<p>${lines
    .filter(Boolean)
    .map((line) => values.escape(line))
    .join('<br>')}</p>`;
};

const defaultErrors: LiquidFilter = (input, { run }) => {
  const { values } = pageOf(run);
  const messages = values.get(input, 'messages');
  const lines = values.list(input).map((field) => {
    const message = values.text(values.get(messages, values.text(field)));
    return `<li>${values.escape(message || values.text(field))}</li>`;
  });
  return lines.length === 0 ? '' : `<div class="errors"><ul>${lines.join('')}</ul></div>`;
};

const metafieldTag: LiquidFilter = (input, call: LiquidCall) => {
  const { values } = pageOf(call.run);
  const type = values.text(values.get(input, 'type'));
  const text = values.escape(values.text(input));
  if (text === '') return '';
  const name = `metafield-${type}`;
  if (type === 'url')
    return `<a${attributes({ class: name, href: values.text(input), ...call.named }, values)}>${text}</a>`;
  return `<span${attributes({ class: name, ...call.named }, values)}>${text}</span>`;
};
const metafieldText: LiquidFilter = (input, { run }) => pageOf(run).values.text(input);

export const TEXTS: Readonly<Record<string, LiquidFilter>> = {
  t: translate,
  translate,
  time_tag: timeTag,
  pluralize,
  highlight,
  format_code: formatCode,
  class_list: same,
  format_address: formatAddress,
  default_errors: defaultErrors,
  metafield_tag: metafieldTag,
  metafield_text: metafieldText,
};

import type { Json, LiquidDrop } from 'kontor/sdk';
import { dynamicSources, isDynamic } from '../../themes/model/dynamic-source.ts';
import { isObject } from '../../themes/model/lenient-json.ts';
import type { SettingDefinition } from '../../themes/model/setting-types.ts';
import type { ColourScheme } from '../../themes/model/theme-settings.ts';
import type { Page } from '../page.ts';
import { evaluate, interpolate } from '../evaluate.ts';
import { colourDrop, colourOf } from './colour.ts';
import { plainDrop } from './drop.ts';
import { fontDrop, fontOf } from './font.ts';
import { imageOf } from './image.ts';
import { resolveAddress } from './links.ts';

type Given = {
  readonly definitions: readonly SettingDefinition[];
  readonly values: Readonly<Record<string, Json>>;
};

/** Settings as templates read them: a picture is an image, a colour a colour, a product a product. */
export function settingsDrop(page: Page, { definitions, values }: Given): LiquidDrop {
  const types = new Map(definitions.map((definition) => [definition.id, definition.type]));
  const known = new Map<string, unknown>();
  return {
    liquidGet(key) {
      if (known.has(key)) return known.get(key);
      if (!Object.hasOwn(values, key)) return undefined;
      const value = settingDrop(page, types.get(key) ?? 'text', values[key]!);
      if (value !== undefined) known.set(key, value);
      return value;
    },
    liquidJson: () => values,
  };
}

/** @returns undefined while what it names is not loaded */
export function settingDrop(page: Page, type: string, value: Json): unknown {
  if (typeof value === 'string' && isDynamic(value) && type !== 'liquid') return dynamic(page, type, value);
  if (value === null) return null;
  const make = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  return make ? make(page, value) : value;
}

/** A setting that is one output keeps its kind; any other is a text. */
function dynamic(page: Page, type: string, value: string): unknown {
  const [source] = dynamicSources(value);
  if (!source?.isWhole) return interpolate(page, value);
  const found = evaluate(page, source.expression);
  return typeof found === 'string' ? settingDrop(page, type, found.includes('{{') ? '' : found) : found;
}

type Make = (page: Page, value: Json) => unknown;

const TYPES: Readonly<Record<string, Make>> = {
  image_picker: picture,
  video: () => null,
  color: (_page, value) => colourFor(value),
  color_background: (_page, value) => value,
  color_palette: (_page, value) =>
    isObject(value)
      ? plainDrop(Object.fromEntries(Object.entries(value).map(([name, one]) => [name, colourFor(one)])))
      : null,
  color_scheme: (page, value) =>
    schemeDrop(
      page,
      page.code.settings.schemes.find(({ id }) => id === value) ?? page.code.settings.schemes[0],
    ),
  color_scheme_group: (page) => schemesDrop(page),
  font_picker: (_page, value) => (typeof value === 'string' ? handed(fontOf(value), fontDrop) : null),
  url: (_page, value) => (typeof value === 'string' ? resolveAddress(value) : value),
  video_url: (_page, value) => videoOf(value),
  liquid: (page, value) => (typeof value === 'string' ? interpolate(page, value) : value),
  product: (page, value) => byHandle(page, 'all_products', value),
  collection: (page, value) => byHandle(page, 'collections', value),
  link_list: (page, value) => byHandle(page, 'linklists', value),
  page: (page, value) => byHandle(page, 'pages', value),
  blog: (page, value) => byHandle(page, 'blogs', value),
  article: (page, value) => byHandle(page, 'articles', value),
  metaobject: () => null,
  product_list: (page, value) => listOf(page, 'all_products', value),
  collection_list: (page, value) => listOf(page, 'collections', value),
  article_list: (page, value) => listOf(page, 'articles', value),
  metaobject_list: () => [],
};

function byHandle(page: Page, global: string, value: Json): unknown {
  if (typeof value !== 'string' || value === '') return null;
  const handle = value.replace(/^(?:shopify|kontor):\/\/[a-z_]+\//, '');
  return (page.pass.globals.liquidGet(global) as LiquidDrop | undefined)?.liquidGet(handle);
}

function listOf(page: Page, global: string, value: Json): readonly unknown[] | undefined {
  const found = (Array.isArray(value) ? value : []).map((one) => byHandle(page, global, one));
  return found.includes(undefined) ? undefined : found.filter((one) => one !== null);
}

/** A file of the store, by its path. What a theme brought along from elsewhere is not there. */
function picture(page: Page, value: Json): LiquidDrop | null | undefined {
  if (typeof value !== 'string' || !value.startsWith('/media/')) return null;
  const found = page.wants.get('picture', value);
  return found === undefined ? undefined : imageOf(found, { locale: page.locale });
}

function colourFor(value: Json): unknown {
  const colour = typeof value === 'string' ? colourOf(value) : undefined;
  return colour ? colourDrop(colour) : value;
}

export function schemesDrop(page: Page): LiquidDrop {
  const all = page.code.settings.schemes.map((scheme) => schemeDrop(page, scheme));
  const byId = Object.fromEntries(page.code.settings.schemes.map(({ id }, at) => [id, all[at]]));
  return plainDrop(byId, { items: all });
}

function schemeDrop(page: Page, scheme: ColourScheme | undefined): LiquidDrop | null {
  if (!scheme) return null;
  const group = page.code.schema.settings.find(({ type }) => type === 'color_scheme_group');
  const definitions = (Array.isArray(group?.definition)
    ? group.definition
    : []) as unknown as SettingDefinition[];
  const settings = settingsDrop(page, { definitions, values: scheme.settings });
  return plainDrop({ id: scheme.id, settings }, { text: scheme.id, value: scheme.id });
}

function videoOf(value: Json): LiquidDrop | null {
  if (typeof value !== 'string') return null;
  const youtube = /(?:youtu\.be\/|v=|\/embed\/|\/shorts\/)([\w-]{6,20})/.exec(value)?.[1];
  const vimeo = /vimeo\.com\/(?:video\/)?(\d{4,15})/.exec(value)?.[1];
  const id = youtube ?? vimeo;
  if (!id) return null;
  return plainDrop({ id, type: youtube ? 'youtube' : 'vimeo' }, { text: value, value });
}

const handed = <From, To>(value: From | undefined, make: (value: From) => To): To | null =>
  value === undefined ? null : make(value);

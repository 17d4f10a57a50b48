import type { Json } from 'kontor/sdk';
import { isObject } from './lenient-json.ts';
import { richTextFault } from './rich-text.ts';

/** A setting as a schema declares it, with whatever an editor needs to draw it. */
export type SettingDefinition = { readonly type: string; readonly id?: string } & {
  readonly [key: string]: Json;
};

/** What a value is held against besides its own definition. */
export type SettingWorld = {
  /** Ids of colour schemes. */
  readonly schemes: readonly string[];
};

/** What the settings of one type have in common. */
export type SettingKind = {
  /** What a setting is without a value and without a default. */
  readonly blank: Json;
  /** What was wanted, when the value is wrong; never asked for null or a dynamic source. */
  fault(value: Json, definition: SettingDefinition, world: SettingWorld): string | undefined;
  /** Whether `{{ product.title }}` may stand in it. */
  readonly isStatic?: true;
};

const LONGEST = 50_000; // letters; a whole legal page fits
const text = (value: Json): string | undefined =>
  typeof value === 'string' && value.length <= LONGEST ? undefined : `a text of at most ${LONGEST} letters`;
const plain: SettingKind = { blank: '', fault: text };

const HANDLE = /^[^\s<>"']{1,255}$/;
/** A product, a page, a menu and so on: by handle or as `shopify://products/mug`. */
const resource: SettingKind = {
  blank: null,
  fault: (value) =>
    value === '' || (typeof value === 'string' && HANDLE.test(value)) ? undefined : 'a handle',
};
const resources: SettingKind = {
  blank: [],
  fault(value, { limit }) {
    const most = typeof limit === 'number' ? limit : 50;
    const isRight = Array.isArray(value) && value.every((one) => typeof one === 'string' && HANDLE.test(one));
    return isRight && value.length <= most ? undefined : `a list of at most ${most} handles`;
  },
};
const choice: SettingKind = {
  blank: '',
  isStatic: true,
  fault(value, definition) {
    const values = optionsOf(definition);
    return values.includes(value as string) ? undefined : `one of ${values.join(', ')}`;
  },
};
const COLOUR =
  /^(?:#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|rgba?\([\d\s.,%/]+\)|hsla?\([\d\s.,%/a-z]+\)|transparent)?$/i;
const colour: SettingKind = {
  blank: '',
  fault: (value) => (typeof value === 'string' && COLOUR.test(value) ? undefined : 'a colour as #1f4d3a'),
};
export const PANEL: SettingKind = {
  blank: {},
  isStatic: true,
  fault: (value) => (isObject(value) ? undefined : 'an object of style properties'),
};

/** Every input type that themes use, but those of panels of styles. */
export const KINDS: Readonly<Record<string, SettingKind>> = {
  text: plain,
  textarea: plain,
  html: plain,
  liquid: { ...plain, isStatic: true },
  richtext: { blank: '', fault: (value) => text(value) ?? richTextFault(value as string, 'block') },
  inline_richtext: { blank: '', fault: (value) => text(value) ?? richTextFault(value as string, 'inline') },
  checkbox: {
    blank: false,
    isStatic: true,
    fault: (value) => (typeof value === 'boolean' ? undefined : 'true or false'),
  },
  number: {
    blank: null,
    isStatic: true,
    fault: (value, definition) =>
      typeof value === 'number' && isWithin(value, definition) ? undefined : `a number${bounds(definition)}`,
  },
  range: {
    blank: null,
    isStatic: true,
    fault: (value, definition) =>
      typeof value === 'number' && isWithin(value, definition) && isOnStep(value, definition)
        ? undefined
        : `a number${bounds(definition)} in steps of ${stepOf(definition)}`,
  },
  select: choice,
  radio: choice,
  text_alignment: {
    blank: 'left',
    isStatic: true,
    fault: (value) =>
      ['left', 'center', 'right'].includes(value as string) ? undefined : 'left, center or right',
  },
  color: colour,
  color_background: {
    blank: '',
    fault: (value) =>
      typeof value === 'string' && /^[^;{}<>]{0,1000}$/.test(value) ? undefined : 'a CSS background',
  },
  color_scheme: {
    blank: '',
    isStatic: true,
    fault: (value, _definition, { schemes }) =>
      schemes.length === 0 || schemes.includes(value as string) ? undefined : `one of ${schemes.join(', ')}`,
  },
  color_scheme_group: {
    blank: {},
    isStatic: true,
    fault: (value) => (isObject(value) ? undefined : 'colour schemes by their ids'),
  },
  color_palette: {
    blank: {},
    isStatic: true,
    fault: (value) =>
      isObject(value) && Object.values(value).every((one) => typeof one === 'string')
        ? undefined
        : 'colours by their names',
  },
  font_picker: {
    blank: '',
    isStatic: true,
    fault: (value) =>
      typeof value === 'string' && /^[a-z0-9_-]{1,80}_[nio]\d$/.test(value)
        ? undefined
        : 'a font as assistant_n4',
  },
  image_picker: resource,
  video: resource,
  video_url: {
    blank: null,
    fault: (value) =>
      value === '' ||
      (typeof value === 'string' &&
        /^https:\/\/(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|youtube-nocookie\.com|vimeo\.com)\//.test(value))
        ? undefined
        : 'the https address of a video on YouTube or Vimeo',
  },
  url: {
    blank: '',
    fault: (value) =>
      typeof value === 'string' &&
      value.length <= 2000 &&
      /^(?:$|\/|#|\?|https?:\/\/|mailto:|tel:|shopify:\/\/)/i.test(value)
        ? undefined
        : 'an address that begins with /, https://, mailto: or tel:',
  },
  article: resource,
  blog: resource,
  collection: resource,
  link_list: resource,
  metaobject: resource,
  page: resource,
  product: resource,
  article_list: resources,
  collection_list: resources,
  metaobject_list: resources,
  product_list: resources,
};

function optionsOf({ options }: SettingDefinition): string[] {
  const list = Array.isArray(options) ? options : [];
  return list.flatMap((one) => (isObject(one) && typeof one.value === 'string' ? one.value : []));
}

function isWithin(value: number, { min, max }: SettingDefinition): boolean {
  return (typeof min !== 'number' || value >= min) && (typeof max !== 'number' || value <= max);
}

const stepOf = ({ step }: SettingDefinition): number => (typeof step === 'number' && step > 0 ? step : 1);

function isOnStep(value: number, definition: SettingDefinition): boolean {
  const from = typeof definition.min === 'number' ? definition.min : 0;
  const steps = (value - from) / stepOf(definition);
  return Math.abs(steps - Math.round(steps)) < 1e-6; // 0.1 is no exact number
}

function bounds({ min, max }: SettingDefinition): string {
  return `${typeof min === 'number' ? ` from ${min}` : ''}${typeof max === 'number' ? ` to ${max}` : ''}`;
}

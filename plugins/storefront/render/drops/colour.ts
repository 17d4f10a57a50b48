import type { LiquidDrop } from 'kontor/sdk';
import { defineDrop } from './drop.ts';

/** Red, green and blue from 0 to 255, and how much of it is seen. */
export type Colour = {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
};

export const colourDrop = defineDrop<Colour>(
  'color',
  {
    red: ({ red }) => red,
    green: ({ green }) => green,
    blue: ({ blue }) => blue,
    alpha: ({ alpha }) => alpha,
    hue: (colour) => hslOf(colour).hue,
    saturation: (colour) => hslOf(colour).saturation,
    lightness: (colour) => hslOf(colour).lightness,
    rgb: ({ red, green, blue }) => `${red} ${green} ${blue}`,
    rgba: ({ red, green, blue, alpha }) => `${red} ${green} ${blue} / ${alpha}`,
    oklch: (colour) => oklchOf(colour).text,
    oklcha: (colour) => `${oklchOf(colour).text} / ${colour.alpha}`,
    chroma: (colour) => oklchOf(colour).chroma,
    color_space: () => 'srgb',
  },
  { text: hexOf, value: hexOf, json: hexOf },
);

/** Reads a colour as people and themes write it; undefined for what is none. */
export function colourOf(text: string): Colour | undefined {
  const written = text.trim().toLowerCase();
  const hex = /^#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(written)?.[1];
  if (hex) return ofHex(hex);
  const [, kind, inner] = /^(rgb|hsl)a?\(([^)]{1,80})\)$/.exec(written) ?? [];
  const parts = inner?.split(/[\s,/]+/).filter((part) => part !== '') ?? [];
  if (!kind || parts.length < 3) return undefined;
  const alpha = parts[3] === undefined ? 1 : share(parts[3]);
  if (kind === 'rgb') {
    const [red, green, blue] = parts.map((part) => (part.endsWith('%') ? share(part) * 255 : Number(part)));
    return whole({ red: red!, green: green!, blue: blue!, alpha });
  }
  return ofHsl({
    hue: Number.parseFloat(parts[0]!),
    saturation: share(parts[1]!) * 100,
    lightness: share(parts[2]!) * 100,
    alpha,
  });
}

export function hexOf({ red, green, blue, alpha }: Colour): string {
  const two = (part: number) => Math.round(part).toString(16).padStart(2, '0');
  if (alpha < 1) return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
  return `#${two(red)}${two(green)}${two(blue)}`;
}

export function hslOf({ red, green, blue }: Colour): { hue: number; saturation: number; lightness: number } {
  const [r, g, b] = [red / 255, green / 255, blue / 255];
  const [max, min] = [Math.max(r, g, b), Math.min(r, g, b)];
  const lightness = (max + min) / 2;
  const spread = max - min;
  if (spread === 0) return { hue: 0, saturation: 0, lightness: Math.round(lightness * 100) };
  const saturation = spread / (1 - Math.abs(2 * lightness - 1));
  const sector =
    max === r ? ((g - b) / spread + 6) % 6 : max === g ? (b - r) / spread + 2 : (r - g) / spread + 4;
  return {
    hue: Math.round(sector * 60),
    saturation: Math.round(saturation * 100),
    lightness: Math.round(lightness * 100),
  };
}

export function ofHsl(input: { hue: number; saturation: number; lightness: number; alpha: number }): Colour {
  const saturation = Math.min(100, Math.max(0, input.saturation)) / 100;
  const lightness = Math.min(100, Math.max(0, input.lightness)) / 100;
  const part = (shift: number) => {
    const k = (shift + input.hue / 30 + 12) % 12;
    const most = saturation * Math.min(lightness, 1 - lightness);
    return (lightness - most * Math.max(-1, Math.min(k - 3, 9 - k, 1))) * 255;
  };
  return whole({ red: part(0), green: part(8), blue: part(4), alpha: input.alpha });
}

export function whole({ red, green, blue, alpha }: Colour): Colour {
  const within = (part: number) => Math.min(255, Math.max(0, Math.round(part || 0)));
  return {
    red: within(red),
    green: within(green),
    blue: within(blue),
    alpha: Math.min(1, Math.max(0, alpha)),
  };
}

/** How bright it looks, 0 to 255. */
export const brightness = ({ red, green, blue }: Colour): number =>
  (red * 299 + green * 587 + blue * 114) / 1000;

/** As WCAG counts it, 0 to 1. */
export function luminance({ red, green, blue }: Colour): number {
  const [r, g, b] = [red, green, blue].map(linear) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function oklchOf(colour: Colour): { text: string; chroma: number } {
  const [r, g, b] = [colour.red, colour.green, colour.blue].map(linear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const light = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const one = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const two = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const chroma = Math.round(Math.hypot(one, two) * 1000) / 1000;
  const hue =
    chroma === 0 ? 0 : Math.round((((Math.atan2(two, one) * 180) / Math.PI + 360) % 360) * 100) / 100;
  return { text: `${Math.round(light * 1000) / 10}% ${chroma} ${hue}`, chroma };
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function ofHex(hex: string): Colour {
  const long = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const at = (from: number) => Number.parseInt(long.slice(from, from + 2), 16);
  return {
    red: at(0),
    green: at(2),
    blue: at(4),
    alpha: long.length === 8 ? Math.round((at(6) / 255) * 100) / 100 : 1,
  };
}

const share = (text: string): number => (text.endsWith('%') ? Number.parseFloat(text) / 100 : Number(text));

/** What a filter was given: a colour of the settings, or its text. */
export function colourFrom(value: unknown): Colour | undefined {
  const text = typeof value === 'string' ? value : (value as LiquidDrop | null)?.liquidText;
  return typeof text === 'string' ? colourOf(text) : undefined;
}

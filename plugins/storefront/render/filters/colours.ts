import type { LiquidCall, LiquidDrop, LiquidFilter } from 'kontor/sdk';
import {
  brightness,
  type Colour,
  colourDrop,
  colourFrom,
  colourOf,
  hslOf,
  luminance,
  ofHsl,
  whole,
} from '../drops/colour.ts';
import { pageOf } from '../page.ts';

const number = ({ run }: LiquidCall, value: unknown): number => pageOf(run).values.number(value);
const round = (value: number): number => Math.round(value * 100) / 100;

/** What is no colour stays as it is. */
const changed =
  (change: (colour: Colour, call: LiquidCall) => Colour | undefined): LiquidFilter =>
  (input, call) => {
    const colour = colourFrom(input);
    const made = colour && change(colour, call);
    return made ? colourDrop(whole(made)) : input;
  };
const measured =
  (measure: (colour: Colour, call: LiquidCall) => unknown): LiquidFilter =>
  (input, call) => {
    const colour = colourFrom(input);
    return colour ? measure(colour, call) : null;
  };

const shifted = (part: 'lightness' | 'saturation', sign: 1 | -1) =>
  changed((colour, call) => {
    const hsl = hslOf(colour);
    return ofHsl({ ...hsl, [part]: hsl[part] + sign * number(call, call.args[0]), alpha: colour.alpha });
  });

const PARTS: Readonly<Record<string, string>> = { red: 'red', green: 'green', blue: 'blue', alpha: 'alpha' };
const modified = changed((colour, call) => {
  const [part, value] = call.args;
  const name = String(part);
  const amount = number(call, value);
  if (Object.hasOwn(PARTS, name)) return { ...colour, [name]: amount };
  const hsl = { ...hslOf(colour), alpha: colour.alpha };
  return name in hsl ? ofHsl({ ...hsl, [name]: amount }) : colour;
});

const mixed = changed((colour, call) => {
  const other = colourFrom(call.args[0]);
  if (!other) return colour;
  const share = Math.min(100, Math.max(0, number(call, call.args[1] ?? 50))) / 100;
  const part = (name: keyof Colour) => colour[name] * share + other[name] * (1 - share);
  return { red: part('red'), green: part('green'), blue: part('blue'), alpha: round(part('alpha')) };
});

const rgbText = ({ red, green, blue, alpha }: Colour): string =>
  alpha < 1 ? `rgba(${red}, ${green}, ${blue}, ${alpha})` : `rgb(${red}, ${green}, ${blue})`;
const hslText = (colour: Colour): string => {
  const { hue, saturation, lightness } = hslOf(colour);
  return colour.alpha < 1
    ? `hsla(${hue}, ${saturation}%, ${lightness}%, ${colour.alpha})`
    : `hsl(${hue}, ${saturation}%, ${lightness}%)`;
};
const contrast = (one: Colour, other: Colour): number => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return round((light + 0.05) / (dark + 0.05));
};
const against = (call: LiquidCall, compare: (other: Colour) => number): number | null => {
  const other = colourFrom(call.args[0]);
  return other ? compare(other) : null;
};

export const COLOURS: Readonly<Record<string, LiquidFilter>> = {
  color_to_rgb: measured(rgbText),
  color_to_hsl: measured(hslText),
  color_to_hex: measured((colour) => colourDrop({ ...colour, alpha: 1 }).liquidText),
  color_to_oklch: measured((colour) => `oklch(${(colourDrop(colour) as LiquidDrop).liquidGet('oklch')})`),
  hex_to_rgba: (input, { args: [alpha], run }) => {
    const { values } = pageOf(run);
    const colour = colourOf(values.text(input));
    return colour ? rgbText({ ...colour, alpha: alpha === undefined ? 1 : values.number(alpha) }) : null;
  },
  color_extract: measured((colour, { args: [part] }) => {
    const name = String(part);
    if (Object.hasOwn(PARTS, name)) return colour[name as keyof Colour];
    return (hslOf(colour) as Record<string, number>)[name] ?? null;
  }),
  color_brightness: measured((colour) => round(brightness(colour))),
  color_modify: modified,
  color_lighten: shifted('lightness', 1),
  color_darken: shifted('lightness', -1),
  color_saturate: shifted('saturation', 1),
  color_desaturate: shifted('saturation', -1),
  color_mix: mixed,
  color_contrast: measured((colour, call) => against(call, (other) => contrast(colour, other))),
  color_difference: measured((colour, call) =>
    against(call, (other) =>
      ['red', 'green', 'blue'].reduce(
        (sum, part) => sum + Math.abs(colour[part as 'red'] - other[part as 'red']),
        0,
      ),
    ),
  ),
  brightness_difference: measured((colour, call) =>
    against(call, (other) => round(Math.abs(brightness(colour) - brightness(other)))),
  ),
};

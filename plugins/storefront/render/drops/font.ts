import { defineDrop, type DropFactory, none } from './drop.ts';

export type Font = {
  readonly family: string;
  readonly fallback: string;
  readonly weight: string;
  readonly style: 'normal' | 'italic';
  readonly isSystem: boolean;
};

export const fontDrop: DropFactory<Font> = defineDrop<Font>(
  'font',
  {
    family: ({ family }) => family,
    fallback_families: ({ fallback }) => fallback,
    weight: ({ weight }) => weight,
    style: ({ style }) => style,
    'system?': ({ isSystem }) => isSystem,
    variants: (font) => [fontDrop(font)],
    baseline_ratio: none,
  },
  { text: ({ family }) => family, json: ({ family }) => family },
);

/** System fonts by the name of their setting; every other family is written by its name, and comes from its fallback. */
const SYSTEM: Readonly<Record<string, readonly [family: string, fallback: string]>> = {
  sans_serif: ['system-ui', 'sans-serif'],
  'sans-serif': ['system-ui', 'sans-serif'],
  system_ui: ['system-ui', 'sans-serif'],
  helvetica: ['Helvetica', 'Arial, sans-serif'],
  arial: ['Arial', 'sans-serif'],
  lucida_grande: ['"Lucida Grande"', 'sans-serif'],
  trebuchet_ms: ['"Trebuchet MS"', 'sans-serif'],
  serif: ['ui-serif', 'Georgia, serif'],
  georgia: ['Georgia', 'serif'],
  garamond: ['Garamond', 'Baskerville, Caslon, serif'],
  palatino: ['Palatino', 'serif'],
  times_new_roman: ['"Times New Roman"', 'Times, serif'],
  mono: ['ui-monospace', 'Menlo, monospace'],
  monospace: ['ui-monospace', 'Menlo, monospace'],
  courier_new: ['"Courier New"', 'Courier, monospace'],
};

const SERIF =
  /serif|garamond|merriweather|playfair|lora|bodoni|baskerville|caslon|times|slab|crimson|cormorant|libre_b/;

/** `assistant_n4`: a family, how it stands, and how heavy. */
export function fontOf(handle: string): Font | undefined {
  const [, name, way, weight] = /^([a-z0-9_-]+?)_([nio])(\d)$/.exec(handle) ?? [];
  if (!name) return undefined;
  const shape = { weight: `${weight}00`, style: way === 'n' ? 'normal' : 'italic' } as const;
  const system = Object.hasOwn(SYSTEM, name) ? SYSTEM[name] : undefined;
  if (system) return { family: system[0], fallback: system[1], ...shape, isSystem: true };
  const words = name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const family = words.join(' ');
  return {
    family: words.length > 1 ? `"${family}"` : family,
    fallback: SERIF.test(name) && !name.includes('sans') ? 'Georgia, serif' : 'system-ui, sans-serif',
    ...shape,
    isSystem: false,
  };
}

/** A value that is taken from what the page shows, such as `{{ product.vendor }}`. */
export type DynamicSource = {
  /** `product.vendor` */
  readonly expression: string;
  /** Nothing stands around it, so that it keeps its kind: a picture stays a picture. */
  readonly isWhole: boolean;
};

const OUTPUT = /\{\{-?([^{}]*)-?\}\}/g;

/** The outputs in a setting, in order; empty for a plain text. */
export function dynamicSources(value: string): DynamicSource[] {
  const found = [...value.matchAll(OUTPUT)];
  const isWhole = found.length === 1 && found[0]![0].length === value.trim().length;
  return found.map(([, expression]) => ({ expression: expression!.replace(/-$/, '').trim(), isWhole }));
}

export const isDynamic = (value: string): boolean => value.includes('{{') && dynamicSources(value).length > 0;

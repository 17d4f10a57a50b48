import type { LiquidDrop } from 'kontor/sdk';

/** What a template may read of a kind of object, and how. */
export type Properties<Self> = Readonly<Record<string, (self: Self) => unknown>>;

export type DropFactory<Self> = ((self: Self) => LiquidDrop) & {
  readonly properties: Properties<Self>;
};

type More<Self> = {
  /** What `json` prints. */
  json?(self: Self): unknown;
  /** What `{{ drop }}` writes. */
  text?(self: Self): string;
  /** What it counts as in comparisons. */
  value?(self: Self): unknown;
  items?(self: Self): readonly unknown[];
};

/** Every kind of object that there is, by its name, for the reference page. */
export const DROPS = new Map<string, Properties<never>>();

/** For a property that we have nothing for: it is there, and empty. */
export const none = (): null => null;
/** The same for what is asked as a question. */
export const no = (): boolean => false;
/** The same for lists. */
export const nothing = (): readonly unknown[] => [];

/**
 * Makes a kind of object of a table of properties. Each is worked out when it is first read, and once; nothing but the table can
 * be read.
 */
export function defineDrop<Self extends object>(
  name: string,
  properties: Properties<Self>,
  more: More<Self> = {},
): DropFactory<Self> {
  DROPS.set(name, properties as Properties<never>);
  class Drop implements LiquidDrop {
    readonly #self: Self;
    readonly #known = new Map<string, unknown>();

    constructor(self: Self) {
      this.#self = self;
    }

    liquidGet(key: string): unknown {
      if (this.#known.has(key)) return this.#known.get(key);
      if (!Object.hasOwn(properties, key)) return undefined;
      const value = properties[key]!(this.#self);
      // What is not loaded yet is asked for again.
      if (value !== undefined) this.#known.set(key, value);
      return value;
    }

    liquidJson(): unknown {
      return more.json?.(this.#self) ?? null;
    }

    get liquidText(): string {
      return more.text?.(this.#self) ?? '';
    }

    get liquidValue(): unknown {
      return more.value?.(this.#self);
    }
  }
  if (more.items) {
    Object.assign(Drop.prototype, {
      liquidItems(this: object) {
        return more.items!(selves.get(this) as Self);
      },
    });
  }
  const make = (self: Self): LiquidDrop => {
    const drop = new Drop(self);
    selves.set(drop, self);
    return drop;
  };
  return Object.assign(make, { properties });
}

const selves = new WeakMap<object, object>();

/** What a drop was made of, for those that know its kind; undefined for what is none. */
export function selfOf<Self extends object>(drop: unknown): Self | undefined {
  return typeof drop === 'object' && drop !== null ? (selves.get(drop) as Self | undefined) : undefined;
}

/** A drop of a few values that are there already, such as an option of a sort. */
export function plainDrop(
  values: Readonly<Record<string, unknown>>,
  more: { json?: unknown; text?: string; value?: unknown; items?: readonly unknown[] } = {},
): LiquidDrop {
  return {
    liquidGet: (key) => (Object.hasOwn(values, key) ? values[key] : undefined),
    liquidJson: () => more.json ?? null,
    ...(more.items && { liquidItems: () => more.items! }),
    ...(more.text !== undefined && { liquidText: more.text }),
    ...(more.value !== undefined && { liquidValue: more.value }),
  };
}

/** Looks things up by a key that the template says: `collections['frontpage']`. */
export function lookupDrop(
  find: (key: string) => unknown,
  more: { items?(): readonly unknown[] } = {},
): LiquidDrop {
  return {
    liquidGet: (key) => (key === 'size' || key === 'first' || key === 'last' ? undefined : find(key)),
    ...(more.items && { liquidItems: more.items }),
  };
}

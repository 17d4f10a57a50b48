import type { LiquidDrop } from 'kontor/sdk';

/** `forloop`: where a loop stands. */
export class LoopDrop implements LiquidDrop {
  readonly liquidText = 'Liquid::ForloopDrop';
  readonly #length: number;
  readonly #name: string | undefined;
  readonly #parent: unknown;
  #index = 0;

  constructor(input: { length: number; name?: string; parent?: unknown }) {
    this.#length = input.length;
    this.#name = input.name;
    this.#parent = input.parent;
  }

  /** Only the loop itself can: templates have `liquidGet`. */
  static next(loop: LoopDrop): void {
    loop.#index += 1;
  }

  liquidGet(key: string): unknown {
    switch (key) {
      case 'index':
        return this.#index + 1;
      case 'index0':
        return this.#index;
      case 'first':
        return this.#index === 0;
      case 'last':
        return this.#index === this.#length - 1;
      case 'length':
        return this.#length;
      case 'rindex':
        return this.#length - this.#index;
      case 'rindex0':
        return this.#length - this.#index - 1;
      case 'parentloop':
        return this.#parent;
      case 'name':
        return this.#name;
      default:
        return undefined;
    }
  }
}

import { spendList } from '../meter.ts';

/** `(1..5)`: two whole numbers; a list only when somebody takes a part of it. */
export class Range {
  #first: number;
  #last: number;

  constructor(first: number, last: number) {
    this.#first = first;
    this.#last = last;
  }

  get first(): number {
    return this.#first;
  }

  get last(): number {
    return this.#last;
  }

  get length(): number {
    return Math.max(0, this.#last - this.#first + 1);
  }

  has(number: number): boolean {
    return number >= this.#first && number <= this.#last;
  }

  /** @param count - all when left out */
  slice(from = 0, count = this.length): number[] {
    const length = Math.max(0, Math.min(count, this.length - from));
    spendList(length);
    return Array.from({ length }, (_, index) => this.#first + from + index);
  }

  toString(): string {
    return `${this.#first}..${this.#last}`;
  }
}

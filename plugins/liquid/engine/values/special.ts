/** The words `empty` and `blank`: they print nothing, and equal whatever is. */
export class Special {
  #word: string;

  constructor(word: string) {
    this.#word = word;
  }

  toString(): string {
    return this.#word;
  }
}

export const EMPTY = new Special('empty');
export const BLANK = new Special('blank');

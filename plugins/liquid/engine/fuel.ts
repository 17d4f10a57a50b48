import type { LiquidFuel, LiquidLimits } from 'kontor/sdk';
import { FuelError } from './faults.ts';

const PAGE = 3_000_000; // units: a page of 48 products takes some 22,500
const SECTION = 1_000_000;
const OUTPUT = 8 * 1024 * 1024; // characters
const MILLISECONDS = 2000;
const BETWEEN_LOOKS = 20_000; // units between two looks at the clock
const DEPTH = 100; // of snippets in snippets
const BLOCKS = 400; // of their blocks in one another: the stack has room for some 1,100

/** What one page may spend: units of work, characters, depth, and time while it renders. */
export class Fuel implements LiquidFuel {
  left: number;
  readonly section: number;
  #room: number;
  #depth = 0;
  #blocks = 0;
  /** What must be left, for the part that runs. */
  #floor = 0;
  /** Where `use` looks closer: the floor, or the next look at the clock. */
  #next: number;
  #milliseconds: number;
  #since = 0;
  #renders = 0;

  constructor(limits: LiquidLimits = {}) {
    this.left = limits.page ?? PAGE;
    this.section = limits.section ?? SECTION;
    this.#room = limits.output ?? OUTPUT;
    this.#milliseconds = limits.milliseconds ?? MILLISECONDS;
    this.#next = this.left - BETWEEN_LOOKS;
  }

  use(units: number): void {
    // NaN and less than nothing would be free.
    this.left -= units >= 0 ? units : 1;
    if (this.left < this.#next) this.#look();
  }

  /** Characters that are written, into captures too. */
  write(length: number): void {
    this.#room -= length;
    if (this.#room < 0) throw new FuelError('this page is too big', 'page');
    if (length > 63) this.use(length >> 6);
  }

  /**
   * A snippet in a snippet.
   *
   * @param blocks - how deep its own blocks are nested
   */
  nested<Result>(blocks: number, work: () => Result): Result {
    if (this.#depth >= DEPTH || this.#blocks + blocks > BLOCKS)
      throw new FuelError('Nesting too deep', 'part');
    this.#depth += 1;
    this.#blocks += blocks;
    try {
      return work();
    } finally {
      this.#depth -= 1;
      this.#blocks -= blocks;
    }
  }

  /** The clock runs while something renders, not while data is fetched between two passes. */
  timed<Result>(work: () => Result): Result {
    if (this.#renders === 0) this.#since = performance.now();
    this.#renders += 1;
    try {
      return work();
    } finally {
      this.#renders -= 1;
      if (this.#renders === 0) this.#milliseconds -= performance.now() - this.#since;
    }
  }

  /**
   * Work that may spend only so much.
   *
   * @param instead - what to do when this part, and not the whole page, has had its share
   */
  within<Result>(budget: number, work: () => Result, instead: (error: FuelError) => Result): Result {
    const outer = this.#floor;
    this.#standOn(Math.max(outer, this.left - budget));
    try {
      return work();
    } catch (error) {
      if (!(error instanceof FuelError) || error.ends === 'page' || this.left < outer) throw error;
      this.#standOn(outer);
      return instead(error);
    } finally {
      this.#standOn(outer);
    }
  }

  #standOn(floor: number): void {
    this.#floor = floor;
    this.#plan();
  }

  #look(): void {
    const spent = 'this template does too much work (budget used up)';
    if (this.left < this.#floor) {
      // What was asked for is not done: a part cannot spend what others need.
      this.left = this.#floor - 1;
      throw new FuelError(spent, this.#floor > 0 ? 'part' : 'page');
    }
    if (this.#renders > 0 && performance.now() - this.#since > this.#milliseconds)
      throw new FuelError('this template takes too long', 'page');
    this.#plan();
  }

  #plan(): void {
    this.#next = Math.max(this.#floor, this.left - BETWEEN_LOOKS);
  }
}

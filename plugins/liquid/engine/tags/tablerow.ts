import type { LiquidDrop } from 'kontor/sdk';
import { SyntaxFault } from '../faults.ts';
import { sequence, writing } from '../parsing/nodes.ts';
import type { CompileTag } from '../parsing/unit.ts';
import { emptyScope } from '../run.ts';
import { sliceOf } from '../values/list.ts';
import { integerOf } from '../values/numbers.ts';
import { endsLoop } from './for.ts';

/** `{% tablerow item in list cols: 3 limit: 6 %}...{% endtablerow %}`: rows and cells of a table. */
export const tablerow: CompileTag = (tag, parser) => {
  const reader = parser.reader(tag.text);
  const variable = reader.word();
  if (variable === undefined || !reader.take('in'))
    throw new SyntaxFault('"tablerow" needs a name, "in" and a list');
  const list = reader.value() ?? (() => null);
  const { cols, limit, offset } = reader.named();
  const body = sequence(parser.body(tag).nodes);
  return writing((run) => {
    const count = limit ? integerOf(limit(run)) : Number.POSITIVE_INFINITY;
    const entries = sliceOf(list(run), Math.max(0, integerOf(offset?.(run))), Math.max(0, count));
    const width = cols?.(run);
    const place = new Place(
      entries.length,
      width === undefined || width === null ? undefined : integerOf(width),
    );
    const scope = emptyScope();
    scope.tablerowloop = place;
    run.write('<tr class="row1">\n');
    run.inScope(scope, () => {
      for (const entry of entries) {
        scope[variable] = entry;
        run.fuel.use(2);
        run.write(`<td class="col${place.column + 1}">`);
        body(run);
        run.write('</td>');
        if (run.stop && endsLoop(run)) break;
        if (place.isRowEnd) run.write(`</tr>\n<tr class="row${place.row + 2}">`);
        place.next();
      }
    });
    run.write('</tr>\n');
  });
};

/** `tablerowloop` */
class Place implements LiquidDrop {
  readonly #length: number;
  readonly #columns: number;
  #index = 0;

  constructor(length: number, columns: number = length) {
    this.#length = length;
    this.#columns = Math.max(1, columns);
  }

  get column(): number {
    return this.#index % this.#columns;
  }

  get row(): number {
    return Math.floor(this.#index / this.#columns);
  }

  /** And another row is to come. */
  get isRowEnd(): boolean {
    return this.column === this.#columns - 1 && this.#index < this.#length - 1;
  }

  next(): void {
    this.#index += 1;
  }

  liquidGet(key: string): unknown {
    const facts: Readonly<Record<string, unknown>> = {
      index: this.#index + 1,
      index0: this.#index,
      rindex: this.#length - this.#index,
      rindex0: this.#length - this.#index - 1,
      first: this.#index === 0,
      last: this.#index === this.#length - 1,
      length: this.#length,
      col: this.column + 1,
      col0: this.column,
      col_first: this.column === 0,
      col_last: this.column === this.#columns - 1,
      row: this.row + 1,
    };
    return Object.hasOwn(facts, key) ? facts[key] : undefined;
  }
}

import type { Result } from 'kontor/sdk';

declare module 'kontor/sdk' {
  /** What goes into a template besides its text. */
  interface LiquidScope {
    /** What error messages call the template. */
    readonly name: string;
    /** Plain data; only own properties can be read. */
    readonly data: Readonly<Record<string, unknown>>;
    /** For dates, numbers and money; the store's when left out. */
    readonly locale?: string;
    /** Escapes output for HTML unless the template says `| raw`; true when left out. */
    readonly isHtml?: boolean;
    /** Snippets that `render` may name. */
    readonly partials?: Readonly<Record<string, string>>;
  }

  /** Renders Liquid of people who need not be trusted: no files, no prototypes, a bounded time, length and memory. */
  interface Liquid {
    /** @returns `brokenTemplate` with message, template and line */
    render(source: string, scope: LiquidScope): Promise<Result<string, 'brokenTemplate'>>;
    /** Whether a text is a template at all, before it is stored. */
    check(source: string, name: string): Result<undefined, 'brokenTemplate'>;
    /**
     * An engine for themes: errors are written where they happen, and the page goes on. The engine is a plain object; make it once.
     *
     * @example
     * const engine = liquid.engine({ filters: { shout: (input) => `${liquid.values.text(input)}!` } });
     * const template = engine.compile('{{ name | shout }}', 'sections/hello.liquid');
     * engine.render(template, { globals: { name: 'Ada' } }).text; // 'Ada!'
     */
    engine(extensions?: LiquidExtensions): LiquidEngine;
    /** How Liquid sees values, for those who write filters, tags and drops. */
    readonly values: LiquidValues;
  }

  /** What an engine knows besides the standard tags and filters; one of the same name replaces the standard one. */
  interface LiquidExtensions {
    readonly filters?: Readonly<Record<string, LiquidFilter>>;
    readonly tags?: Readonly<Record<string, LiquidTag>>;
  }

  interface LiquidEngine {
    /** Part of every key of a cache that outlives the process: parsed files of another version are of no use. */
    readonly version: string;
    /** Names of all tags and filters it knows, for reports. */
    readonly tags: readonly string[];
    readonly filters: readonly string[];
    /**
     * Never throws: a file that cannot be read becomes its error text. At most 256 kB of source.
     *
     * @param name - for messages, such as `sections/header.liquid`
     */
    compile(source: string, name: string): LiquidTemplate;
    /**
     * Renders synchronously. Errors of the template are in the text, with name and line, and in `problems`.
     *
     * @throws a FuelError (see `isFuelError`) when the fuel of the page is used up: the page has ended.
     * With a `budget` of its own only that ends this render: its text is the error, and the page goes on.
     */
    render(template: LiquidTemplate, page?: LiquidPage): LiquidRendered;
    /** What one page may spend; give the same to every render of it, and to every pass. */
    fuel(limits?: LiquidLimits): LiquidFuel;
    isFuelError(error: unknown): error is Error & { template?: string; line?: number };
  }

  /** Immutable; one serves all stores. */
  interface LiquidTemplate {
    readonly name: string;
    /** About what it takes in memory, for a cache that is bounded by bytes. */
    readonly bytes: number;
    /** Bodies that are data, not templates; `{% style %}` is none of them. */
    readonly schema?: LiquidBody;
    readonly stylesheet?: LiquidBody;
    readonly javascript?: LiquidBody;
    readonly doc?: LiquidBody;
    /** What it names by a quoted name: `snippets` of render and include, and what tags add by `refer`. Each once. */
    readonly references: Readonly<Record<string, readonly string[]>>;
    /** What is wrong with it, whatever it is rendered with; unknown filters and tags too. */
    readonly problems: readonly LiquidProblem[];
    /** Whether nothing but its error text can be rendered. */
    readonly isBroken: boolean;
  }

  interface LiquidBody {
    readonly text: string;
    readonly line: number;
  }

  interface LiquidProblem {
    /** `syntax`: the file is broken; `unknownTag`, `unknownFilter`: only that; `error`: while rendering; `fuel`: did too much. */
    readonly kind: 'syntax' | 'unknownTag' | 'unknownFilter' | 'error' | 'fuel';
    readonly template: string;
    readonly line: number;
    readonly message: string;
    /** What a filter, tag or drop has thrown by accident; never in the text. For the log. */
    readonly cause?: unknown;
  }

  /** What a template is rendered with. */
  interface LiquidPage {
    /** What every template sees, snippets too: own keys of an object, or a drop. */
    readonly globals?: object;
    /** What this template sees and its snippets do not, unless `include` takes them. */
    readonly locals?: Readonly<Record<string, unknown>>;
    /** For `render` and `include`; nothing for a snippet that is not there. Asked with the name as it is written. */
    readonly partial?: (name: string) => LiquidTemplate | undefined;
    /** The caller's own things of this page, for its tags and filters. */
    readonly registers?: Record<string, unknown>;
    /** Of the whole page; a new one with the usual limits when left out. */
    readonly fuel?: LiquidFuel;
    /** What this render alone may spend of it: a section's is `LiquidLimits.section`; true for that. */
    readonly budget?: number | true;
    /** `en` when left out. */
    readonly locale?: string;
    /** `UTC` when left out. */
    readonly timeZone?: string;
    /** For `'now' | date`. */
    readonly now?: Date;
    /** Whose page it is, for the words of the watchdog: `store 17 theme 4`. */
    readonly label?: string;
  }

  interface LiquidRendered {
    readonly text: string;
    /** At most 100 of a page are kept. */
    readonly problems: readonly LiquidProblem[];
    /** What `{% layout %}` asked for: a name, null for none, undefined when nothing was said. */
    readonly layout?: string | null;
  }

  interface LiquidLimits {
    /** Units of work; 3,000,000 when left out. A page of 48 products takes some 22,500. */
    readonly page?: number;
    /** Units of a render with `budget: true`; 1,000,000. */
    readonly section?: number;
    /** Characters written, captures too; 8 Mi. */
    readonly output?: number;
    /** Wall clock, a second line behind the units; 2,000 ms. */
    readonly milliseconds?: number;
  }

  interface LiquidFuel {
    /** Units left of the page. */
    readonly left: number;
    /** @throws a FuelError when there is no more */
    use(units: number): void;
  }

  /**
   * `{{ input | name: arg, key: value }}`. Missing arguments are undefined, those that are nothing are null.
   *
   * A call costs 5 units and 1 for 64 characters or entries of its input; what takes longer says so by `run.use`.
   * `isUnescaped` is for engines that escape output: this filter's result is HTML already.
   */
  type LiquidFilter = ((input: unknown, call: LiquidCall) => unknown) & { isUnescaped?: true };

  interface LiquidCall {
    readonly args: readonly unknown[];
    readonly named: Readonly<Record<string, unknown>>;
    readonly run: LiquidRun;
  }

  /** `{% name ... %}`, and with a body `{% name ... %}...{% endname %}`. */
  interface LiquidTag {
    /** `liquid`: rendered by `run`; `text`: taken as it stands, nothing in it is read. No body when left out. */
    readonly body?: 'liquid' | 'text';
    /** Whether it writes nothing itself, so that a block of only such is left out with its white space. */
    readonly isBlank?: boolean;
    /**
     * Reads the tag once, when its file is compiled.
     *
     * @throws by `tag.fail` when the tag makes no sense; the whole file is its error text then
     */
    compile(tag: LiquidTagSource): LiquidNode;
  }

  /** What a tag does, each time it is reached. */
  type LiquidNode = (run: LiquidRun) => void;
  /** What an expression gives. */
  type LiquidExpression = (run: LiquidRun) => unknown;

  interface LiquidTagSource {
    readonly name: string;
    /** What stands behind the name. */
    readonly markup: string;
    readonly template: string;
    readonly line: number;
    /** Reads `markup` from left to right. */
    readonly read: LiquidReader;
    /** Of `body: 'liquid'`. */
    readonly body: LiquidNode;
    /** Of `body: 'text'`. */
    readonly text: string;
    /** Notes what it names, for `references`: `refer('sections', 'header')`. */
    refer(kind: string, name: string): void;
    /** Stops the reading of the file, with the line. */
    fail(message: string): never;
  }

  /** Lax, as themes need it: what it does not know is skipped. */
  interface LiquidReader {
    readonly isAtEnd: boolean;
    /** A variable, literal or range; undefined when none stands here. */
    value(): LiquidExpression | undefined;
    /** The same with `| filters`, to the end of the markup. */
    filtered(): LiquidExpression;
    /** The text of a quoted literal, when one stands here. */
    quoted(): string | undefined;
    /** A bare word, when one stands here. */
    word(): string | undefined;
    /** Steps over this word or sign, when it stands here. */
    take(text: string): boolean;
    /** All `key: value` that are left, over commas; also `closest.product: value`, by that whole name. */
    named(): Readonly<Record<string, LiquidExpression>>;
  }

  /** What tags and filters see of the page that is being rendered. */
  interface LiquidRun {
    /** The template of the tag that runs, and its line. */
    readonly template: string;
    readonly registers: Record<string, unknown>;
    readonly fuel: LiquidFuel;
    readonly locale: string;
    readonly timeZone: string;
    readonly now: Date;
    write(text: string): void;
    /** Pays for work. */
    use(units: number): void;
    /** A variable, as the template would see it here. */
    get(name: string): unknown;
    /** As `assign` does. */
    set(name: string, value: unknown): void;
    /** Does the work with more variables, as a block does: `run.with({ form }, () => tag.body(run))`. */
    with(values: Readonly<Record<string, unknown>>, work: () => void): void;
    /** What the work would have written. */
    capture(work: () => void): string;
    /**
     * Writes another template, which sees `globals` (the page's when left out) and its locals only, under the same page's fuel.
     * With a `budget` it ends alone.
     */
    render(template: LiquidTemplate, page?: Pick<LiquidPage, 'globals' | 'locals' | 'budget'>): void;
    /** Notes a problem at this line, without writing it. */
    note(message: string): void;
    /** Ends this tag or output with an inline error: `Liquid error (sections/a.liquid line 3): message`. */
    fail(message: string): never;
  }

  /**
   * An object that decides itself what a template may read. Anything but `liquidGet` may be left out.
   *
   * Only what `liquidGet` answers can be reached; fields and methods never.
   */
  interface LiquidDrop {
    /** One property; undefined for what it has not. Also for `drop[key]` and `map: key`. */
    liquidGet(key: string): unknown;
    /** `drop.size` and `drop | size`. */
    readonly liquidSize?: number;
    /** What `for` goes over, and array filters see: at most 200,000. */
    liquidItems?(): readonly unknown[];
    /** What `json` prints: plain data. A drop without it prints nothing (null). */
    liquidJson?(): unknown;
    /** What `{{ drop }}` writes and text filters see; nothing when left out. */
    readonly liquidText?: string;
    /** A text, number or boolean that it counts as in comparisons, `contains`, `case` and as key. */
    readonly liquidValue?: unknown;
    /** For `{% render drop %}`, as an app block is written. */
    liquidRender?(run: LiquidRun): void;
  }

  interface LiquidValues {
    /** As `{{ value }}` writes it, before any escaping. */
    text(value: unknown): string;
    /** As maths filters read it; 0 for what is none. */
    number(value: unknown): number;
    /** A number that stays a float even when it is whole: prints `5.0`, and divides as floats do. */
    float(value: number): unknown;
    /** What `for` would go over. */
    list(value: unknown): readonly unknown[];
    /** The one way to read a property: own keys of plain data, `liquidGet` of drops. */
    get(object: unknown, key: string | number): unknown;
    isTruthy(value: unknown): boolean;
    isBlank(value: unknown): boolean;
    /** As `==` compares. */
    isEqual(one: unknown, other: unknown): boolean;
    /** As `json` prints it: safe inside `<script>`. */
    json(value: unknown): string;
    /** For HTML text and attributes. */
    escape(text: string): string;
    /** As the filter `date` writes it by a pattern of `%Y-%m-%d`; what is no time as its text. */
    date(value: unknown, pattern: string, run: Pick<LiquidRun, 'locale' | 'timeZone' | 'now'>): string;
  }

  interface Services {
    liquid: Liquid;
  }
}

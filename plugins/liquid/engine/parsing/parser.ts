import { SyntaxFault } from '../faults.ts';
import { textOf } from '../values/text.ts';
import { filtered } from './filters.ts';
import { guarded } from './guard.ts';
import { type Action, type Node, textNode, writing } from './nodes.ts';
import { Reader } from './reader.ts';
import type { Token } from './tokens.ts';
import type { Unit } from './unit.ts';

const DEPTH = 100; // of blocks in blocks

/** Makes nodes of tokens; tags ask it for their bodies. */
export class Parser {
  readonly unit: Unit;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth: number;

  constructor(tokens: readonly Token[], unit: Unit, depth = 0) {
    this.#tokens = tokens;
    this.unit = unit;
    this.#depth = depth;
  }

  get depth(): number {
    return this.#depth;
  }

  reader(markup: string): Reader {
    return new Reader(markup, this.unit);
  }

  all(): Node[] {
    const nodes: Node[] = [];
    while (this.#at < this.#tokens.length) nodes.push(this.#node(this.#tokens[this.#at++]!));
    return nodes;
  }

  /** What stands between a tag and the next of its parts: `else`, `when`, or its end. */
  body(tag: Token, parts: readonly string[] = []): { nodes: Node[]; end: Token; isLast: boolean } {
    if (this.#depth >= DEPTH) throw new SyntaxFault('Nesting too deep', tag.line);
    this.#depth += 1;
    this.unit.depth = Math.max(this.unit.depth, this.#depth);
    const last = `end${tag.name}`;
    const nodes: Node[] = [];
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at++]!;
      const isLast = token.kind === 'tag' && token.name === last;
      if (isLast || (token.kind === 'tag' && parts.includes(token.name))) {
        this.#depth -= 1;
        this.unit.line = token.line;
        return { nodes, end: token, isLast };
      }
      nodes.push(this.#node(token));
    }
    const markup = `${tag.name} ${tag.text}`.trim().slice(0, 80);
    throw new SyntaxFault(`tag {% ${markup} %} not closed`, tag.line);
  }

  /** `{{ ... }}`, and `echo` */
  output(markup: string): Action {
    const { expression, calls } = this.reader(markup).pipeline();
    const value = filtered(expression, calls);
    const { escape: escaped } = this.unit.tables;
    if (!escaped || calls.at(-1)?.filter.isUnescaped) return (run) => run.write(textOf(value(run)));
    return (run) => run.write(escaped(textOf(value(run))));
  }

  #node(token: Token): Node {
    this.unit.line = token.line;
    if (token.kind === 'text') return textNode(token.text);
    if (token.kind === 'output') return this.#guarded(token, writing(this.output(token.text)));
    const { tags } = this.unit.tables;
    const name = token.name === '' ? '#' : token.name;
    if (!Object.hasOwn(tags, name)) return this.#unknown(token);
    return this.#guarded(token, tags[name]!(token, this));
  }

  #guarded({ name, text, line }: Token, node: Node): Node {
    // What a statement can do is bounded by its length; statements of `liquid` pay for themselves.
    const cost = 2 + (name === 'liquid' ? 0 : text.length >> 3);
    return { ...node, run: guarded({ action: node.run, cost, line, template: this.unit.name }) };
  }

  #unknown({ name, line }: Token): Node {
    const message = `tag "${name}" not found`;
    this.unit.problem('unknownTag', message);
    const { name: template } = this.unit;
    return writing((run) => run.show({ kind: 'unknownTag', template, line, message }));
  }
}

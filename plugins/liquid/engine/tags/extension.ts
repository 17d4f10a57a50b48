import type { LiquidReader, LiquidTag, LiquidTagSource } from 'kontor/sdk';
import { SyntaxFault } from '../faults.ts';
import { sequence } from '../parsing/nodes.ts';
import type { CompileTag } from '../parsing/unit.ts';

/** A tag of another plugin, as the parser knows its own. */
export function extension(definition: LiquidTag): CompileTag {
  return (tag, parser) => {
    const { unit } = parser;
    const isBlock = definition.body === 'liquid';
    const source = {
      name: tag.name,
      markup: tag.text,
      template: unit.name,
      line: tag.line,
      // Expressions are called with the run that their tag was called with, which is ours.
      read: parser.reader(tag.text) as unknown as LiquidReader,
      body: isBlock ? (sequence(parser.body(tag).nodes) as LiquidTagSource['body']) : () => {},
      text: tag.body ?? '',
      refer: (kind, name) => unit.refer(kind, name),
      fail(message) {
        throw new SyntaxFault(message, tag.line);
      },
    } satisfies LiquidTagSource;
    return { run: definition.compile(source), isBlank: definition.isBlank ?? false };
  };
}

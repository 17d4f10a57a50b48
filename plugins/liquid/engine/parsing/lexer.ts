import { SyntaxFault } from '../faults.ts';

/** A word, sign, number or quoted text of an expression; `other` is what Liquid does not know. */
export type Lexeme = {
  readonly kind: 'quoted' | 'number' | 'sign' | 'word' | 'other';
  /** With its quotes. */
  readonly text: string;
};

const KINDS = ['quoted', 'number', 'sign', 'word', 'other'] as const;
const NEXT =
  /\s*(?:("[^"]*"|'[^']*')|(-?\d+\.\d+|-?\d+(?!\.\d))|(\.\.|[=!<>]=|<>|[<>.[\]()|:,=])|([A-Za-z_][\w-]*\??)|(\S))/y;
const MOST = 20_000;

/** Never fails but for length: a stray letter is a lexeme that nobody asks for. */
export function lexemesOf(markup: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  NEXT.lastIndex = 0;
  for (let found = NEXT.exec(markup); found; found = NEXT.exec(markup)) {
    const group = found.findIndex((part, index) => index > 0 && part !== undefined);
    lexemes.push({ kind: KINDS[group - 1]!, text: found[group]! });
    if (lexemes.length > MOST) throw new SyntaxFault('this expression is too long');
  }
  return lexemes;
}

import { type CartAddition, type Id, ok, refused, type Result } from 'kontor/sdk';

/** A line as it is kept. */
export type Line = {
  readonly id: Id;
  readonly variantId: Id;
  readonly quantity: number;
  readonly properties: Readonly<Record<string, string>>;
};
/** Lines, and the number that the next one gets. */
export type Lines = { readonly lines: readonly Line[]; readonly nextLine: number };
type Changed = Result<Lines, 'badQuantity' | 'tooManyLines' | 'lineNotFound'>;

export const MOST_LINES = 200;
export const MOST_PIECES = 100_000; // of one line
const MOST_LETTERS = 262_144; // of all lines as JSON; a row that is rewritten with each change stays small

/** Adds to the lines; the same variant with the same properties is one line. */
export function addLines(before: Lines, additions: readonly CartAddition[]): Changed {
  const added = additions.reduce((cart, { variantId, quantity, properties = {} }) => {
    const tidy = plainTexts(properties);
    const same = cart.lines.find((line) => isSame(line, { variantId, properties: tidy }));
    if (same) return withLine(cart, { ...same, quantity: same.quantity + quantity });
    const line = { id: cart.nextLine, variantId, quantity, properties: tidy };
    return { lines: [...cart.lines, line], nextLine: cart.nextLine + 1 };
  }, before);
  const wrong = additions.find(({ quantity }) => !isQuantity(quantity) || quantity === 0);
  return wrong ? badQuantity(wrong.quantity) : judged(added);
}

/** Sets quantities by line id, 0 removes. */
export function setQuantities(before: Lines, quantities: ReadonlyMap<Id, number>): Changed {
  const unknown = [...quantities.keys()].filter((id) => !before.lines.some((line) => line.id === id));
  if (unknown.length > 0) return refused('lineNotFound', { lines: unknown });
  const wrong = [...quantities.values()].find((quantity) => !isQuantity(quantity));
  if (wrong !== undefined) return badQuantity(wrong);
  const lines = before.lines.map((line) => ({ ...line, quantity: quantities.get(line.id) ?? line.quantity }));
  return judged({ ...before, lines: lines.filter(({ quantity }) => quantity > 0) });
}

/** Sets quantity and properties of one line. */
export function setLine(
  before: Lines,
  { lineId, quantity, properties }: { lineId: Id; quantity: number; properties?: Line['properties'] },
): Changed {
  const counted = setQuantities(before, new Map([[lineId, quantity]]));
  return counted.ok && properties && quantity > 0
    ? setProperties(counted.value, lineId, properties)
    : counted;
}

/** Gives a line other properties; it joins the one that has them already. */
export function setProperties(before: Lines, id: Id, properties: Readonly<Record<string, string>>): Changed {
  const line = before.lines.find((one) => one.id === id);
  if (!line) return refused('lineNotFound', { lines: [id] });
  const changed = { ...line, properties: plainTexts(properties) };
  const same = before.lines.find((one) => one.id !== id && isSame(one, changed));
  if (!same) return judged(withLine(before, changed));
  const joined = withLine(before, { ...same, quantity: same.quantity + line.quantity });
  return judged({ ...joined, lines: joined.lines.filter((one) => one.id !== id) });
}

/** Pieces of each variant, over all lines. */
export function piecesOf(lines: readonly Pick<Line, 'variantId' | 'quantity'>[]): Map<Id, number> {
  const pieces = new Map<Id, number>();
  for (const { variantId, quantity } of lines) pieces.set(variantId, (pieces.get(variantId) ?? 0) + quantity);
  return pieces;
}

/** What a text may hold in the database: no NUL, and no half of a letter. */
export function plainText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

export function plainTexts(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [plainText(name), plainText(text)]));
}

function withLine(cart: Lines, changed: Line): Lines {
  return { ...cart, lines: cart.lines.map((line) => (line.id === changed.id ? changed : line)) };
}

function isSame(
  left: Pick<Line, 'variantId' | 'properties'>,
  right: Pick<Line, 'variantId' | 'properties'>,
): boolean {
  if (left.variantId !== right.variantId) return false;
  const names = Object.keys(left.properties);
  return (
    names.length === Object.keys(right.properties).length &&
    names.every((name) => left.properties[name] === right.properties[name])
  );
}

function isQuantity(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 0 && quantity <= MOST_PIECES;
}

function badQuantity(quantity: unknown) {
  return refused('badQuantity', { quantity, max: MOST_PIECES });
}

function judged(cart: Lines): Changed {
  const tooMany = cart.lines.find(({ quantity }) => quantity > MOST_PIECES);
  if (tooMany) return badQuantity(tooMany.quantity);
  const isTooLong = cart.lines.length > MOST_LINES || JSON.stringify(cart.lines).length > MOST_LETTERS;
  return isTooLong ? refused('tooManyLines', { max: MOST_LINES }) : ok(cart);
}

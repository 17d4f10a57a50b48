/**
 * A float that is whole. JavaScript cannot tell 5.0 from 5, but themes can: the one prints `5.0` and divides as floats do.
 * Floats with a fraction are numbers as they are.
 */
export class Float {
  #number: number;

  constructor(number: number) {
    this.#number = number;
  }

  valueOf(): number {
    return this.#number;
  }
}

export type Numeric = number | Float;

export const float = (number: number): Numeric => (Number.isInteger(number) ? new Float(number) : number);

export const isNumeric = (value: unknown): value is Numeric =>
  typeof value === 'number' || value instanceof Float;

export const isFloat = (value: unknown): boolean =>
  value instanceof Float || (typeof value === 'number' && !Number.isInteger(value));

/** As Ruby writes it: `5.0`, `1.0e-05`, `1.0e+20`. */
export function numberText(value: Numeric): string {
  const number = Number(value);
  if (typeof value === 'number' && Number.isInteger(value))
    return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
  const size = Math.abs(number);
  if (!Number.isFinite(number)) return String(number);
  if (size < 1e16 && (size >= 1e-4 || size === 0))
    return value instanceof Float ? `${number}.0` : String(number);
  const [digits, exponent] = number.toExponential().split('e') as [string, string];
  const sign = exponent.startsWith('-') ? '-' : '+';
  return `${digits.includes('.') ? digits : `${digits}.0`}e${sign}${exponent.slice(1).padStart(2, '0')}`;
}

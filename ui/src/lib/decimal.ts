/**
 * Decimal strings as exact integers of millionths, the unit the book stores.
 * Amounts cross the boundary as strings, and nothing here turns them into floating point.
 */
const SCALE = 6;

/** Millionths of a decimal string such as "-39.60"; null where it is no plain decimal number. */
export function micros(text: string): bigint | null {
  const match = /^([+-]?)(\d+)(?:\.(\d{0,6})0*)?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  const value = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return sign === '-' ? -value : value;
}

/** The decimal string of an amount in millionths, without trailing zeros. */
export function fromMicros(value: bigint): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(SCALE + 1, '0');
  const whole = digits.slice(0, -SCALE);
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** Exact sum of decimal strings; those that are not numbers count as nothing. */
export function sum(amounts: Iterable<string>): string {
  let total = 0n;
  for (const amount of amounts) total += micros(amount) ?? 0n;
  return fromMicros(total);
}

/** Negative, zero or positive, as for a sort; what is not a number comes last. */
export function compare(a: string | null | undefined, b: string | null | undefined): number {
  const left = a == null ? null : micros(a);
  const right = b == null ? null : micros(b);
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** True for zero, and for what is not a number. */
export function isZero(amount: string): boolean {
  return !micros(amount);
}

/** True below zero. */
export function isNegative(amount: string): boolean {
  return (micros(amount) ?? 0n) < 0n;
}

/** A coordinate for drawing on a screen, where a rounding error is far below one pixel. Never for arithmetic. */
export function plotted(amount: string): number {
  return Number(amount);
}

/** The currency all amounts share, for saying it once above a column; null where they differ or there are none. */
export function oneCurrency(amounts: Iterable<{ currency: string } | null | undefined>): string | null {
  const found = new Set<string>();
  for (const amount of amounts) if (amount) found.add(amount.currency);
  const [first] = found;
  return found.size === 1 && first !== undefined ? first : null;
}

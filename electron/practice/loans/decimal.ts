// Decimals as head office reckons them: twelve significant digits, half-even. Only rates pass through here;
// money itself is always whole minor units.

const PRECISION = 12;

/** value = digits / 10^scale */
export interface Decimal {
  digits: bigint;
  scale: number;
}

function divideHalfEven(numerator: bigint, divisor: bigint): bigint {
  const quotient = numerator / divisor;
  const rest = (numerator % divisor) * 2n;
  if (rest > divisor || (rest === divisor && quotient % 2n === 1n)) return quotient + 1n;
  return quotient;
}

function toContext(value: Decimal): Decimal {
  const excess = value.digits.toString().length - PRECISION;
  if (excess <= 0) return value;
  return toContext({ digits: divideHalfEven(value.digits, 10n ** BigInt(excess)), scale: value.scale - excess });
}

export function decimalOf(text: string): Decimal {
  const [whole = '0', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  return toContext({ digits: left.digits * right.digits, scale: left.scale + right.scale });
}

export function divide(left: Decimal, right: Decimal): Decimal {
  if (left.digits === 0n) return { digits: 0n, scale: 0 };
  const shift = PRECISION + right.digits.toString().length + 1;
  const numerator = left.digits * 10n ** BigInt(shift);
  const quotient = numerator / right.digits;
  const exact = quotient * right.digits === numerator;
  // A digit below everything kept stands for the remainder, so that the rounding sees it.
  return toContext({ digits: exact ? quotient : quotient * 10n + 1n, scale: left.scale - right.scale + shift + (exact ? 0 : 1) });
}

/** Minor units of (amount in minor units × rate), half-even. */
export function timesRate(minor: number, rate: Decimal): number {
  const product = toContext({ digits: BigInt(minor) * rate.digits, scale: rate.scale });
  if (product.scale <= 0) return Number(product.digits * 10n ** BigInt(-product.scale));
  return Number(divideHalfEven(product.digits, 10n ** BigInt(product.scale)));
}

/** Minor units divided into equal parts, half-even. */
export function share(minor: number, parts: number): number {
  return Number(divideHalfEven(BigInt(minor), BigInt(parts)));
}

export function toNumber(value: Decimal): number {
  return Number(`${value.digits.toString()}e${String(-value.scale)}`);
}

/** To the nearest multiple, half-even; a multiple of zero leaves the amount alone. */
export function toMultiple(minor: number, multiple: number): number {
  return multiple === 0 ? minor : share(minor, multiple) * multiple;
}

/**
 * A number with so many digits behind the point, rounded as Python does: by its exact binary value, and a tie to the even digit.
 * JavaScript's `toFixed` is exact too, but rounds ties up.
 */
export function toFixedEven(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size >= 1e21 || digits > MOST_DIGITS)
    return size >= 1e21 ? `${BigInt(value).toString()}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}` : value.toFixed(MOST_DIGITS);
  const text = size.toFixed(digits);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const longer = size.toFixed(Math.min(MOST_DIGITS, digits + TIE_DIGITS));
  const behind = longer.slice(longer.length - (Math.min(MOST_DIGITS, digits + TIE_DIGITS) - digits));
  const isTie = /^50*$/.test(behind) && Number(longer) === size;
  if (!isTie || Number(text.at(-1)) % 2 === 0) return sign + text;
  return sign + longer.slice(0, longer.length - behind.length).replace(/\.$/, '');
}

/** JavaScript writes no more. */
const MOST_DIGITS = 100;
const TIE_DIGITS = 55;

/** Python's `round(value, digits)` of a float; negative digits round in front of the point. */
export function roundEven(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value;
  if (digits >= 0) return digits > 20 ? value : Number(toFixedEven(value, digits));
  const unit = 10 ** -digits;
  if (!Number.isFinite(unit)) return 0;
  return Number(toFixedEven(value / unit, 0)) * unit;
}

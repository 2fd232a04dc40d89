const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

function pow10(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** An exact decimal number: money does not go through floating point. Immutable. */
export class Decimal {
  static readonly zero = new Decimal(0n, 0);

  private constructor(
    private readonly digits: bigint,
    private readonly scale: number,
  ) {}

  /** Reads `12`, `-0.50`, `1E-7`, or a number. Throws RangeError when the value is no finite decimal. */
  static from(value: string | number | Decimal): Decimal {
    if (value instanceof Decimal) return value;
    const match = DECIMAL.exec(String(value));
    const whole = match?.[2] ?? '';
    const fraction = match?.[3] ?? '';
    if (!match || whole + fraction === '') throw new RangeError(`Not a decimal number: ${String(value)}`);
    const exponent = Number(match[4] ?? 0);
    const digits = BigInt(`${match[1] === '-' ? '-' : ''}${whole}${fraction}`);
    const scale = fraction.length - exponent;
    return scale >= 0 ? new Decimal(digits, scale) : new Decimal(digits * pow10(-scale), 0);
  }

  plus(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.digits * pow10(scale - this.scale) + other.digits * pow10(scale - other.scale), scale);
  }

  times(other: Decimal): Decimal {
    return new Decimal(this.digits * other.digits, this.scale + other.scale);
  }

  /** Rounds to `scale` digits after the point, halves away from zero; a shorter fraction is filled with zeros. */
  round(scale: number): Decimal {
    if (scale >= this.scale) return new Decimal(this.digits * pow10(scale - this.scale), scale);
    const unit = pow10(this.scale - scale);
    const magnitude = this.digits < 0n ? -this.digits : this.digits;
    const rounded = (magnitude + unit / 2n) / unit;
    return new Decimal(this.digits < 0n ? -rounded : rounded, scale);
  }

  isZero(): boolean {
    return this.digits === 0n;
  }

  /** Plain notation with all its digits, such as `0.0010330`; never with an exponent. */
  toString(): string {
    const negative = this.digits < 0n;
    const text = (negative ? -this.digits : this.digits).toString().padStart(this.scale + 1, '0');
    const point = text.length - this.scale;
    return `${negative ? '-' : ''}${text.slice(0, point)}${this.scale > 0 ? `.${text.slice(point)}` : ''}`;
  }
}

/**
 * A float without a fraction. JavaScript knows one kind of number, Python prints `1.0` for a float and `1` for an integer;
 * workflows show what Python prints. So `1.0` from code, a division or a conversion is a `PyFloat`; all other numbers are
 * plain. As JSON it is the plain number.
 */
export class PyFloat {
  constructor(readonly value: number) {}

  valueOf(): number {
    return this.value;
  }

  toJSON(): number {
    return this.value;
  }

  /** The plain number where it has a fraction (or is not finite), else a `PyFloat`. */
  static of(value: number): number | PyFloat {
    return Number.isInteger(value) ? new PyFloat(value) : value;
  }
}

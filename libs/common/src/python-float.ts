/**
 * A number that is a `float` in Python's eyes although its value is whole: `1.0` is not `1` where values become text or keep a type.
 * Other numbers need no mark: a whole one is an `int`, any other a `float`. Serialises to JSON as the bare number.
 */
export class PythonFloat {
  constructor(readonly value: number) {}

  valueOf(): number {
    return this.value;
  }

  toJSON(): number {
    return this.value;
  }
}

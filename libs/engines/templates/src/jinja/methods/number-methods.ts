import { PyFloat } from '#common';
import { numberOf } from '../numbers.js';
import { Callable, typeNameOf, type Value } from '../values.js';
import { bindMethod, type MethodTable } from './method.js';

const INT: MethodTable<Value, null> = {
  bit_length: [[], (self) => (Number(self) === 0 ? 0 : BigInt(Math.abs(Number(self))).toString(2).length)],
  is_integer: [[], () => true],
};

const FLOAT: MethodTable<Value, null> = { is_integer: [[], (self) => self instanceof PyFloat] };

/** A method or attribute of a number. */
export function numberMethod(value: Value, name: string): Value | undefined {
  if (numberOf(value) === undefined) return undefined;
  if (name === 'real') return value;
  if (name === 'imag') return typeNameOf(value) === 'float' ? new PyFloat(0) : 0;
  const method: Callable | undefined = bindMethod(typeNameOf(value) === 'float' ? FLOAT : INT, value, name, null);
  return method;
}

import { BoundArguments } from './arguments.js';
import type { Budget } from './budget.js';
import { compare, type Comparison, isEqual, isIterable, operate } from './operators.js';
import { numberOf } from './numbers.js';
import { Dict, Generator, Markup, textOf, Thing, typeNameOf, Undefined, type Arguments, type Value } from './values.js';
import { Callable } from './values.js';

/** What a test needs to know of the environment. */
export interface TestContext {
  budget: Budget;
  hasFilter: (name: string) => boolean;
}

type Test = readonly [parameters: readonly string[], holds: (value: Value, args: BoundArguments, context: TestContext) => boolean];

const comparing = (comparison: Comparison): Test => [
  ['other'],
  (value, args, { budget }) => compare(comparison, value, args.value('other'), budget),
];
const typed = (...names: string[]): Test => [[], (value) => names.includes(typeNameOf(value))];
const even = (rest: number): Test => [[], (value, _args, { budget }) => isEqual(operate('%', value, 2, budget), rest, budget)];

const TESTS: Readonly<Record<string, Test>> = {
  boolean: typed('bool'),
  callable: [[], (value) => value instanceof Callable || (value instanceof Thing && value.call !== undefined)],
  defined: [[], (value) => !(value instanceof Undefined)],
  divisibleby: [['num'], (value, args, { budget }) => isEqual(operate('%', value, args.value('num'), budget), 0, budget)],
  escaped: [[], (value) => value instanceof Markup],
  even: even(0),
  false: [[], (value) => value === false],
  filter: [[], (value, _args, { hasFilter }) => hasFilter(textOf(value) ?? '')],
  float: typed('float'),
  in: comparing('in'),
  integer: typed('int'),
  iterable: [[], isIterable],
  lower: [[], (value) => /\p{Ll}/u.test(textOf(value) ?? '') && !/\p{Lu}/u.test(textOf(value) ?? '')],
  mapping: [[], (value) => value instanceof Dict],
  none: [[], (value) => value === null],
  number: [[], (value) => numberOf(value) !== undefined],
  odd: even(1),
  sameas: [['other'], (value, args) => value === args.value('other')],
  sequence: [[], (value) => isIterable(value) && !(value instanceof Generator)],
  string: [[], (value) => textOf(value) !== undefined],
  test: [[], (value) => Object.hasOwn(TESTS, textOf(value) ?? '')],
  true: [[], (value) => value === true],
  undefined: [[], (value) => value instanceof Undefined],
  upper: [[], (value) => /\p{Lu}/u.test(textOf(value) ?? '') && !/\p{Ll}/u.test(textOf(value) ?? '')],
  ...Object.fromEntries(['==', 'eq', 'equalto'].map((name) => [name, comparing('==')])),
  ...Object.fromEntries(['!=', 'ne'].map((name) => [name, comparing('!=')])),
  ...Object.fromEntries(['<', 'lt', 'lessthan'].map((name) => [name, comparing('<')])),
  ...Object.fromEntries(['<=', 'le'].map((name) => [name, comparing('<=')])),
  ...Object.fromEntries(['>', 'gt', 'greaterthan'].map((name) => [name, comparing('>')])),
  ...Object.fromEntries(['>=', 'ge'].map((name) => [name, comparing('>=')])),
};

/** Whether there is a test of that name. */
export function hasTest(name: string): boolean {
  return Object.hasOwn(TESTS, name);
}

/** `value is name(args)`. */
export function runTest(name: string, value: Value, args: Arguments, context: TestContext): boolean {
  const [parameters, holds] = TESTS[name] as Test;
  return holds(value, BoundArguments.bind(name, parameters, args), context);
}

import { PyFloat } from '#common';
import { applyFilter, hasFilter } from './filters/filters.js';
import type { Frame } from './frame.js';
import { attributeOf, itemOf, sliceOf } from './members.js';
import { compare, negate, operate } from './operators.js';
import { typeError } from './py-error.js';
import type { ArgumentNodes, Expression } from './syntax/ast.js';
import { SyntaxProblem } from './syntax/lexer.js';
import { hasTest, runTest } from './tests.js';
import { escapeHtml, str } from './text.js';
import {
  Callable,
  Dict,
  isTruthy,
  listOf,
  Markup,
  textOf,
  Thing,
  Tuple,
  typeNameOf,
  Undefined,
  type Arguments,
  type Value,
} from './values.js';

/** An expression, ready to be computed. */
export type Compute = (frame: Frame) => Value;

/** Makes an expression a function. Throws {@link SyntaxProblem} for filters and tests that are not there. */
export function compileExpression(node: Expression): Compute {
  const compute = compileNode(node);
  return (frame) => {
    frame.rendering.budget.step();
    return compute(frame);
  };
}

function compileNode(node: Expression): Compute {
  switch (node.kind) {
    case 'constant':
      return () => node.value;
    case 'float': {
      const value = PyFloat.of(node.value);
      return () => value;
    }
    case 'name':
      return (frame) => frame.get(node.name);
    case 'list':
      return compileList(node.items);
    case 'tuple': {
      const list = compileList(node.items);
      return (frame) => new Tuple(list(frame));
    }
    case 'dict':
      return compileDict(node.entries);
    case 'condition':
      return compileCondition(node);
    case 'and':
    case 'or': {
      const [left, right] = [compileExpression(node.left), compileExpression(node.right)];
      const stops = node.kind === 'or';
      return (frame) => {
        const value = left(frame);
        return isTruthy(value) === stops ? value : right(frame);
      };
    }
    case 'not': {
      const value = compileExpression(node.value);
      return (frame) => !isTruthy(value(frame));
    }
    case 'compare':
      return compileComparison(node);
    case 'binary': {
      const [left, right] = [compileExpression(node.left), compileExpression(node.right)];
      return (frame) => operate(node.operator, left(frame), right(frame), frame.rendering.budget);
    }
    case 'unary': {
      const value = compileExpression(node.value);
      return (frame) => negate(value(frame), node.operator);
    }
    case 'concat':
      return compileConcat(node.parts);
    case 'attribute': {
      const value = compileExpression(node.value);
      return (frame) => attributeOf(value(frame), node.name, frame.rendering.budget);
    }
    case 'item': {
      const [value, key] = [compileExpression(node.value), compileExpression(node.key)];
      return (frame) => itemOf(value(frame), key(frame), frame.rendering.budget);
    }
    case 'slice': {
      const value = compileExpression(node.value);
      const bounds = node.bounds.map((bound) => bound && compileExpression(bound));
      return (frame) =>
        sliceOf(
          value(frame),
          bounds.map((bound) => bound?.(frame)),
          frame.rendering.budget,
        );
    }
    case 'call': {
      const [callee, args] = [compileExpression(node.callee), compileArguments(node.args)];
      return (frame) => call(callee(frame), args(frame));
    }
    case 'filter': {
      const filter = compileFilter(node.name, node.args, node.line);
      const value = compileExpression(node.value);
      return (frame) => filter(value(frame), frame);
    }
    case 'test':
      return compileTest(node);
  }
}

/** A filter without its value. */
export function compileFilter(name: string, args: ArgumentNodes, line: number): (value: Value, frame: Frame) => Value {
  if (!hasFilter(name)) throw new SyntaxProblem(`No filter named '${name}'.`, line, 'TemplateAssertionError');
  const compiled = compileArguments(args);
  return (value, frame) => applyFilter(name, value, compiled(frame), frame.rendering.filterContext);
}

/** Calls a value. */
export function call(callee: Value, args: Arguments): Value {
  if (callee instanceof Callable) return callee.call(args);
  if (callee instanceof Thing && callee.call) return callee.call(args);
  if (callee instanceof Undefined) callee.raise();
  throw typeError(`'${typeNameOf(callee)}' object is not callable`);
}

/** The arguments of a call, computed at each call. */
export function compileArguments(node: ArgumentNodes): (frame: Frame) => Arguments {
  const positional = node.positional.map(compileExpression);
  const named = node.named.map(({ name, value }) => [name, compileExpression(value)] as const);
  const spread = node.spread && compileExpression(node.spread);
  const spreadNamed = node.spreadNamed && compileExpression(node.spreadNamed);
  return (frame) => {
    const args = { positional: positional.map((each) => each(frame)), named: new Map(named.map(([name, value]) => [name, value(frame)])) };
    if (spread) args.positional.push(...listOf(spread(frame), frame.rendering.budget));
    if (spreadNamed) for (const [name, value] of namedOf(spreadNamed(frame))) args.named.set(name, value);
    return args;
  };
}

function namedOf(value: Value): [string, Value][] {
  if (!(value instanceof Dict)) throw typeError('argument after ** must be a mapping');
  return value.entries().map(([key, item]) => {
    const name = textOf(key);
    if (name === undefined) throw typeError('keywords must be strings');
    return [name, item];
  });
}

function compileList(items: readonly Expression[]): (frame: Frame) => Value[] {
  const compiled = items.map(compileExpression);
  return (frame) => {
    frame.rendering.budget.allocate(compiled.length);
    return compiled.map((item) => item(frame));
  };
}

function compileDict(entries: readonly [Expression, Expression][]): Compute {
  const compiled = entries.map(([key, value]) => [compileExpression(key), compileExpression(value)] as const);
  return (frame) => {
    frame.rendering.budget.allocate(compiled.length * 2);
    return Dict.of(compiled.map(([key, value]) => [key(frame), value(frame)] as const));
  };
}

function compileCondition(node: Extract<Expression, { kind: 'condition' }>): Compute {
  const [test, then] = [compileExpression(node.test), compileExpression(node.then)];
  const otherwise = node.otherwise ? compileExpression(node.otherwise) : null;
  const missing = new Undefined('the inline if-expression evaluated to false and no else section was defined.');
  return (frame) => (isTruthy(test(frame)) ? then(frame) : otherwise ? otherwise(frame) : missing);
}

function compileComparison(node: Extract<Expression, { kind: 'compare' }>): Compute {
  const first = compileExpression(node.first);
  const rest = node.rest.map(({ comparison, value }) => [comparison, compileExpression(value)] as const);
  return (frame) => {
    let left = first(frame);
    for (const [comparison, value] of rest) {
      const right = value(frame);
      if (!compare(comparison, left, right, frame.rendering.budget)) return false;
      left = right;
    }
    return true;
  };
}

function compileConcat(parts: readonly Expression[]): Compute {
  const compiled = parts.map(compileExpression);
  return (frame) => {
    const { budget, escapes } = frame.rendering;
    const values = compiled.map((part) => part(frame));
    if (!escapes) return budget.made(values.map((value) => str(value, budget)).join(''));
    return new Markup(budget.made(values.map((value) => (value instanceof Markup ? value.text : escapeHtml(str(value, budget)))).join('')));
  };
}

function compileTest(node: Extract<Expression, { kind: 'test' }>): Compute {
  if (!hasTest(node.name)) throw new SyntaxProblem(`No test named '${node.name}'.`, node.line, 'TemplateAssertionError');
  const [value, args] = [compileExpression(node.value), compileArguments(node.args)];
  return (frame) => runTest(node.name, value(frame), args(frame), { budget: frame.rendering.budget, hasFilter });
}

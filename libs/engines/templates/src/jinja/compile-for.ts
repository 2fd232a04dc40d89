import { compileExpression } from './compile-expression.js';
import { compileTarget } from './compile-target.js';
import type { Frame } from './frame.js';
import { LoopState } from './loop-state.js';
import { captureOutput, type Execute, type Output } from './output.js';
import { typeError } from './py-error.js';
import type { Statement } from './syntax/ast.js';
import { isTruthy, listOf, Markup, Range, Undefined, type Value } from './values.js';

/** `{% for %}`: each turn in a scope of its own. */
export function compileFor(statement: Extract<Statement, { kind: 'for' }>, compileBody: (body: readonly Statement[]) => Execute): Execute {
  const [assign, series, body, otherwise] = [
    compileTarget(statement.target),
    compileExpression(statement.series),
    compileBody(statement.body),
    compileBody(statement.otherwise),
  ];
  const condition = statement.condition && compileExpression(statement.condition);

  const chosen = (values: Value, frame: Frame): Value[] => {
    const { budget } = frame.rendering;
    // A range that can't be gone through to its end must not be made either.
    if (values instanceof Range) budget.step(values.length);
    const items = listOf(values, budget);
    if (!condition) return items;
    return items.filter((item) => {
      const inner = frame.child();
      assign(inner, item);
      return isTruthy(condition(inner));
    });
  };

  const run = (values: Value, frame: Frame, output: Output, depth: number): void => {
    const items = chosen(values, frame);
    if (items.length === 0) {
      otherwise(frame.child(), output);
      return;
    }
    const recurse = statement.isRecursive ? (inner: Value): Value => again(inner, frame, depth) : undefined;
    const loop = new LoopState(items, depth, frame.rendering.budget, recurse);
    items.forEach((item, i) => {
      frame.rendering.budget.step();
      loop.at = i;
      const inner = frame.child();
      inner.set('loop', loop.value);
      assign(inner, item);
      body(inner, output);
    });
  };

  const again = (values: Value, frame: Frame, depth: number): Value => {
    if (values instanceof Undefined) throw typeError('Tried to call non recursive loop.');
    const text = frame.rendering.budget.nested(() => captureOutput((inner, output) => run(values, inner, output, depth + 1), frame));
    return frame.rendering.escapes ? new Markup(text) : text;
  };

  return (frame, output) => run(series(frame), frame, output, 0);
}

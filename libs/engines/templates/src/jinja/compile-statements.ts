import { compileExpression, compileFilter, type Compute } from './compile-expression.js';
import { compileFor } from './compile-for.js';
import { compileCallBlock, makeMacro } from './compile-macro.js';
import { compileTarget } from './compile-target.js';
import type { Frame } from './frame.js';
import { captureOutput, type Execute, type Output, printed } from './output.js';
import { typeError } from './py-error.js';
import type { BlockFilter, Statement } from './syntax/ast.js';
import { str } from './text.js';
import { isTruthy, Markup, type Value } from './values.js';

/** Makes statements a function. Throws {@link SyntaxProblem} for what can't work. */
export function compileStatements(statements: readonly Statement[]): Execute {
  const compiled = statements.map((statement) => {
    const execute = compileStatement(statement);
    const { line } = statement;
    return (frame: Frame, output: Output): void => {
      frame.rendering.budget.step();
      frame.rendering.line = line;
      execute(frame, output);
    };
  });
  return (frame, output) => {
    for (const execute of compiled) execute(frame, output);
  };
}

function compileStatement(statement: Statement): Execute {
  switch (statement.kind) {
    case 'text':
      return (_frame, output) => output.write(statement.text);
    case 'print': {
      const value = compileExpression(statement.value);
      return (frame, output) => output.write(printed(value(frame), frame));
    }
    case 'if':
      return compileIf(statement);
    case 'for':
      return compileFor(statement, compileStatements);
    case 'set': {
      const [assign, value] = [compileTarget(statement.target), compileExpression(statement.value)];
      return (frame) => assign(frame, value(frame));
    }
    case 'set_block':
      return compileSetBlock(statement);
    case 'macro': {
      const make = makeMacro(statement.macro, compileStatements);
      return (frame) => frame.set(statement.macro.name, make(frame));
    }
    case 'call':
      return compileCallBlock(statement, compileStatements);
    case 'filter': {
      const [body, filter] = [compileStatements(statement.body), compileFilters(statement.filters)];
      return (frame, output) => output.write(str(filter(captureOutput(body, frame.child()), frame), frame.rendering.budget));
    }
    case 'with':
      return compileWith(statement);
    case 'autoescape':
      return compileAutoescape(statement);
    case 'block': {
      const body = compileStatements(statement.body);
      return (frame, output) => body(frame.child(), output);
    }
    case 'unavailable':
      return () => {
        throw typeError(`no loader for this environment specified: '${statement.tag}' needs other templates, and there are none`);
      };
  }
}

function compileIf({ branches, otherwise }: Extract<Statement, { kind: 'if' }>): Execute {
  const compiled = branches.map(({ test, body }): [Compute, Execute] => [compileExpression(test), compileStatements(body)]);
  const last = compileStatements(otherwise);
  return (frame, output) => {
    const chosen = compiled.find(([test]) => isTruthy(test(frame)));
    (chosen?.[1] ?? last)(frame, output);
  };
}

function compileSetBlock({ target, filters, body }: Extract<Statement, { kind: 'set_block' }>): Execute {
  const [assign, run, filter] = [compileTarget(target), compileStatements(body), compileFilters(filters)];
  return (frame) => assign(frame, filter(captureOutput(run, frame.child()), frame));
}

function compileFilters(filters: readonly BlockFilter[]): (text: string, frame: Frame) => Value {
  const compiled = filters.map(({ name, args, line }) => compileFilter(name, args, line));
  return (text, frame) => {
    const start: Value = frame.rendering.escapes ? new Markup(text) : text;
    return compiled.reduce<Value>((value, filter) => filter(value, frame), start);
  };
}

function compileWith({ assignments, body }: Extract<Statement, { kind: 'with' }>): Execute {
  const compiled = assignments.map(({ target, value }) => [compileTarget(target), compileExpression(value)] as const);
  const run = compileStatements(body);
  return (frame, output) => {
    const inner = frame.child();
    const values = compiled.map(([, value]) => value(frame));
    compiled.forEach(([assign], i) => assign(inner, values[i] as Value));
    run(inner, output);
  };
}

function compileAutoescape({ value, body }: Extract<Statement, { kind: 'autoescape' }>): Execute {
  const [isOn, run] = [compileExpression(value), compileStatements(body)];
  return (frame, output) => {
    const { rendering } = frame;
    const before = rendering.escapes;
    rendering.escapes = isTruthy(isOn(frame));
    try {
      run(frame.child(), output);
    } finally {
      rendering.escapes = before;
    }
  };
}

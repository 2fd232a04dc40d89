import { call, compileArguments, compileExpression } from './compile-expression.js';
import type { Frame } from './frame.js';
import { captureOutput, type Execute, printed } from './output.js';
import { typeError } from './py-error.js';
import type { MacroNode, Statement } from './syntax/ast.js';
import { Callable, Dict, Markup, orUndefined, Tuple, type Arguments, type Value } from './values.js';

/** Compiles the body of a block. */
type CompileBody = (body: readonly Statement[]) => Execute;

/** A macro; the function makes it within the scope that it sees. */
export function makeMacro({ name, parameters, body }: MacroNode, compileBody: CompileBody): (frame: Frame) => Callable {
  const compiled = parameters.map((parameter) => ({
    name: parameter.name,
    default: parameter.default && compileExpression(parameter.default),
  }));
  const run = compileBody(body);
  const names = compiled.map((parameter) => parameter.name);
  const attributes = new Map<string, Value>([
    ['name', name],
    ['arguments', new Tuple(names)],
  ]);
  return (outer) => {
    const { rendering } = outer;
    const execute = (args: Arguments): Value =>
      rendering.budget.nested(() => {
        const frame = outer.child();
        const named = new Map(args.named);
        frame.set('caller', orUndefined(named.get('caller'), "'caller' is undefined"));
        named.delete('caller');
        compiled.forEach((parameter, i) => {
          const given = i < args.positional.length ? args.positional[i] : named.get(parameter.name);
          named.delete(parameter.name);
          const value = given === undefined ? parameter.default?.(frame) : given;
          frame.set(parameter.name, orUndefined(value, `parameter '${parameter.name}' was not provided`));
        });
        takeRest({ name, body, frame, rest: args.positional.slice(names.length), named, count: names.length });
        const { line } = rendering;
        const text = captureOutput(run, frame);
        rendering.line = line;
        return rendering.escapes ? new Markup(text) : text;
      });
    return new Callable(name, execute, attributes);
  };
}

interface Rest {
  name: string;
  body: readonly Statement[];
  frame: Frame;
  rest: readonly Value[];
  named: ReadonlyMap<string, Value>;
  count: number;
}

/** What is given beyond the parameters goes into `varargs` and `kwargs`, if the macro looks at them. */
function takeRest({ name, body, frame, rest, named, count }: Rest): void {
  if (rest.length > 0 && !mentions(body, 'varargs')) throw typeError(`macro '${name}' takes not more than ${String(count)} argument(s)`);
  const [unknown] = named.keys();
  if (unknown !== undefined && !mentions(body, 'kwargs')) throw typeError(`macro '${name}' takes no keyword argument '${unknown}'`);
  frame.set('varargs', new Tuple(rest));
  frame.set('kwargs', Dict.of(named));
}

function mentions(node: unknown, name: string): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ((node as { kind?: unknown }).kind === 'name' && (node as { name?: unknown }).name === name) return true;
  return Object.values(node).some((child) => mentions(child, name));
}

/** `{% call(args) macro() %}body{% endcall %}`: the body is `caller` of the macro. */
export function compileCallBlock({ call: node, macro }: Extract<Statement, { kind: 'call' }>, compileBody: CompileBody): Execute {
  if (node.kind !== 'call') throw typeError('expected call');
  const [callee, args, caller] = [compileExpression(node.callee), compileArguments(node.args), makeMacro(macro, compileBody)];
  return (frame, output) => {
    const { positional, named } = args(frame);
    const value = call(callee(frame), { positional, named: new Map([...named, ['caller', caller(frame)]]) });
    output.write(printed(value, frame));
  };
}

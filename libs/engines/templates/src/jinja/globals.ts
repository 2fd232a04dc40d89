import { BoundArguments } from './arguments.js';
import type { Budget } from './budget.js';
import { valueError } from './py-error.js';
import { dictMethod } from './methods/dict-methods.js';
import { Callable, Dict, Range, Thing, type Arguments, type Value } from './values.js';

/** The functions that every template has: `range`, `dict`, `namespace`, `cycler`, `joiner`. */
export function makeGlobals(budget: Budget): ReadonlyMap<string, Value> {
  const functions: Record<string, (args: Arguments) => Value> = {
    range: (args) => range(args),
    dict: (args) => dict(args, budget),
    namespace: (args) => namespace(dict(args, budget)),
    cycler: ({ positional }) => cycler(positional),
    joiner: (args) => joiner(BoundArguments.bind('joiner', ['sep'], args).text('sep', ', ')),
  };
  return new Map(Object.entries(functions).map(([name, call]) => [name, new Callable(name, call)]));
}

function range({ positional, named }: Arguments): Value {
  const parameters = positional.length === 1 ? ['stop'] : ['start', 'stop', 'step'];
  const args = BoundArguments.bind('range', parameters, { positional, named });
  const increment = args.int('step', 1);
  if (increment === 0) throw valueError('range() arg 3 must not be zero');
  return new Range(args.int('start', 0), args.int('stop'), increment);
}

function dict(args: Arguments, budget: Budget): Dict {
  const made = new Dict();
  dictMethod(made, 'update', budget)?.call(args);
  return made;
}

function namespace(attributes: Dict): Thing {
  return new Thing(
    'Namespace',
    (name) => attributes.get(name),
    (name, value) => attributes.set(name, value),
  );
}

function cycler(items: readonly Value[]): Thing {
  if (items.length === 0) throw valueError('no items for cycling given');
  let at = 0;
  const current = (): Value => items[at] as Value;
  const next = (): Value => {
    const value = current();
    at = (at + 1) % items.length;
    return value;
  };
  const reset = (): Value => {
    at = 0;
    return null;
  };
  return new Thing('Cycler', (name) => {
    if (name === 'current') return current();
    return name === 'next' ? new Callable(name, next) : name === 'reset' ? new Callable(name, reset) : undefined;
  });
}

function joiner(separator: string): Thing {
  let isFirst = true;
  const call = (): Value => {
    if (!isFirst) return separator;
    isFirst = false;
    return '';
  };
  return new Thing('Joiner', () => undefined, undefined, call);
}

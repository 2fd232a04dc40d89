import type { Budget } from '../budget.js';
import { PyError } from '../py-error.js';
import { repr } from '../text.js';
import { Callable, Dict, DictView, elementsOf, Tuple, type Value } from '../values.js';
import { bindMethod, type MethodTable } from './method.js';

const METHODS: MethodTable<Dict, Budget> = {
  items: [
    [],
    (self, _args, budget) =>
      new DictView(
        'dict_items',
        paid(budget, self)
          .entries()
          .map((entry) => new Tuple(entry)),
      ),
  ],
  keys: [[], (self, _args, budget) => new DictView('dict_keys', paid(budget, self).keys())],
  values: [[], (self, _args, budget) => new DictView('dict_values', paid(budget, self).values())],
  get: [
    ['key', 'default'],
    (self, args) => (self.has(args.value('key')) ? (self.get(args.value('key')) as Value) : args.value('default', null)),
  ],
  pop: [
    ['key', 'default'],
    (self, args, budget) => {
      const value = self.get(args.value('key'));
      if (value === undefined && !args.has('default')) throw new PyError('KeyError', repr(args.value('key'), budget));
      self.delete(args.value('key'));
      return value === undefined ? args.value('default') : value;
    },
  ],
  popitem: [
    [],
    (self) => {
      const last = self.entries().at(-1);
      if (!last) throw new PyError('KeyError', "'popitem(): dictionary is empty'");
      self.delete(last[0]);
      return new Tuple(last);
    },
  ],
  setdefault: [
    ['key', 'default'],
    (self, args, budget) => {
      if (!self.has(args.value('key'))) put(self, args.value('key'), args.value('default', null), budget);
      return self.get(args.value('key')) as Value;
    },
  ],
  copy: [[], (self, _args, budget) => Dict.of(paid(budget, self).entries())],
  clear: [
    [],
    (self) => {
      self.clear();
      return null;
    },
  ],
};

/** A method of a dict. */
export function dictMethod(dict: Dict, name: string, budget: Budget): Callable | undefined {
  if (name === 'update') return new Callable(name, ({ positional, named }) => update(dict, [...positional], named, budget));
  return bindMethod(METHODS, dict, name, budget);
}

function update(dict: Dict, others: readonly Value[], named: ReadonlyMap<string, Value>, budget: Budget): Value {
  for (const other of others) {
    if (other instanceof Dict) for (const [key, value] of other.entries()) put(dict, key, value, budget);
    else
      for (const pair of elementsOf(other, budget)) {
        const [key = null, value = null] = elementsOf(pair, budget);
        put(dict, key, value, budget);
      }
  }
  for (const [key, value] of named) put(dict, key, value, budget);
  return null;
}

function put(dict: Dict, key: Value, value: Value, budget: Budget): void {
  budget.step();
  budget.allocate(2);
  dict.set(key, value);
}

function paid(budget: Budget, dict: Dict): Dict {
  budget.allocate(dict.size * 2);
  budget.step(dict.size);
  return dict;
}

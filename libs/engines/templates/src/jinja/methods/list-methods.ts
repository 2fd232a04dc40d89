import type { Budget } from '../budget.js';
import { isEqual, order } from '../operators.js';
import { PyError, valueError } from '../py-error.js';
import { repr } from '../text.js';
import { type Callable, listOf, type Tuple, type Value } from '../values.js';
import { bindMethod, type MethodTable } from './method.js';

const SHARED: MethodTable<readonly Value[], Budget> = {
  index: [
    ['value'],
    (self, args, budget) => {
      const at = self.findIndex((item) => isEqual(item, args.value('value'), budget));
      if (at === -1) throw valueError(`${repr(args.value('value'), budget)} is not in list`);
      return at;
    },
  ],
  count: [['value'], (self, args, budget) => self.filter((item) => isEqual(item, args.value('value'), budget)).length],
};

const METHODS: MethodTable<Value[], Budget> = {
  append: [['object'], (self, args, budget) => grow(self, [args.value('object')], self.length, budget)],
  extend: [['iterable'], (self, args, budget) => grow(self, listOf(args.value('iterable'), budget), self.length, budget)],
  insert: [['index', 'object'], (self, args, budget) => grow(self, [args.value('object')], args.int('index'), budget)],
  pop: [
    ['index'],
    (self, args) => {
      const index = args.int('index', -1);
      const at = index < 0 ? index + self.length : index;
      if (self.length === 0) throw new PyError('IndexError', 'pop from empty list');
      if (at < 0 || at >= self.length) throw new PyError('IndexError', 'pop index out of range');
      return self.splice(at, 1)[0] as Value;
    },
  ],
  remove: [
    ['value'],
    (self, args, budget) => {
      const at = self.findIndex((item) => isEqual(item, args.value('value'), budget));
      if (at === -1) throw valueError('list.remove(x): x not in list');
      self.splice(at, 1);
      return null;
    },
  ],
  reverse: [
    [],
    (self) => {
      self.reverse();
      return null;
    },
  ],
  sort: [
    ['reverse'],
    (self, args, budget) => {
      const direction = args.flag('reverse', false) ? -1 : 1;
      self.sort((a, b) => direction * order(a, b, '<', budget));
      return null;
    },
  ],
  copy: [
    [],
    (self, _args, budget) => {
      budget.allocate(self.length);
      return [...self];
    },
  ],
  clear: [
    [],
    (self) => {
      self.length = 0;
      return null;
    },
  ],
};

/** A method of a list. */
export function listMethod(list: Value[], name: string, budget: Budget): Callable | undefined {
  return bindMethod(METHODS, list, name, budget) ?? bindMethod(SHARED, list, name, budget);
}

/** A method or named element of a tuple. */
export function tupleMethod(tuple: Tuple, name: string, budget: Budget): Value | undefined {
  const place = tuple.names.indexOf(name);
  return place === -1 ? bindMethod(SHARED, tuple.items, name, budget) : tuple.items[place];
}

function grow(list: Value[], items: readonly Value[], at: number, budget: Budget): null {
  budget.allocate(items.length);
  // A loop: `splice` with very many arguments overflows the stack.
  if (at >= list.length) for (const item of [...items]) list.push(item);
  else list.splice(at, 0, ...items);
  return null;
}

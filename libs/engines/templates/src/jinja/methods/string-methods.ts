import type { BoundArguments } from '../arguments.js';
import type { Budget } from '../budget.js';
import { strFormat } from '../format/str-format.js';
import { typeError, valueError } from '../py-error.js';
import type { Members } from '../members.js';
import { Callable, characterCount, Dict, elementsOf, isWide, textOf, Tuple, typeNameOf, Undefined, type Value } from '../values.js';
import {
  capitalize,
  expandTabs,
  joinTexts,
  paySearch,
  replaceText,
  splitLines,
  splitText,
  splitWords,
  stripText,
  swapCase,
  titleCase,
} from './text-operations.js';
import { bindMethod, type MethodTable } from './method.js';

type Body = (self: string, args: BoundArguments, budget: Budget) => Value;

const test =
  (pattern: RegExp): Body =>
  (self) =>
    pattern.test(self);
const change =
  (convert: (text: string) => string): Body =>
  (self, _args, budget) =>
    budget.made(convert(self));
const strip =
  (side: 'both' | 'left' | 'right'): Body =>
  (self, args) => {
    const characters = args.value('chars', null);
    return stripText(self, characters === null ? null : args.text('chars'), side);
  };
const justify =
  (side: 'left' | 'right' | 'both'): Body =>
  (self, args, budget) => {
    const room = args.int('width') - characterCount(self);
    if (room <= 0) return self;
    const fill = args.text('fillchar', ' ');
    if (characterCount(fill) !== 1) throw typeError('The fill character must be exactly one character long');
    budget.allocate(self.length + room * fill.length);
    const left = side === 'right' ? room : side === 'left' ? 0 : Math.floor(room / 2) + (room & (room + characterCount(self)) & 1);
    return fill.repeat(left) + self + fill.repeat(room - left);
  };
const find =
  (isLast: boolean, isRequired: boolean): Body =>
  (self, args, budget) => {
    const [text, offset] = within(self, args);
    paySearch(text, args.text('sub'), budget);
    const at = isLast ? text.lastIndexOf(args.text('sub')) : text.indexOf(args.text('sub'));
    if (at === -1 && isRequired) throw valueError('substring not found');
    return at === -1 ? -1 : offset + characterCount(text.slice(0, at));
  };
const affix =
  (matches: (text: string, affix: string) => boolean): Body =>
  (self, args) => {
    const [text] = within(self, args);
    const affixes = args.value('sub');
    return affixes instanceof Tuple ? affixes.items.some((item) => matches(text, textOf(item) ?? '')) : matches(text, args.text('sub'));
  };
const split =
  (isFromRight: boolean): Body =>
  (self, args, budget) => {
    const limit = args.int('maxsplit', -1);
    if (args.value('sep', null) !== null) paySearch(self, args.text('sep'), budget);
    budget.allocate(self.length);
    const parts =
      args.value('sep', null) === null ? splitWords(self, limit, isFromRight) : splitText(self, args.text('sep'), limit, isFromRight);
    budget.allocate(parts.length);
    return parts;
  };
const partition =
  (isLast: boolean): Body =>
  (self, args, budget) => {
    const separator = args.text('sep');
    paySearch(self, separator, budget);
    if (separator === '') throw valueError('empty separator');
    const at = isLast ? self.lastIndexOf(separator) : self.indexOf(separator);
    if (at === -1) return new Tuple(isLast ? ['', '', self] : [self, '', '']);
    return new Tuple([self.slice(0, at), separator, self.slice(at + separator.length)]);
  };

const BOUNDS = ['sub', 'start', 'end'];
const METHODS: MethodTable<string, Budget> = {
  upper: [[], change((text) => text.toUpperCase())],
  lower: [[], change((text) => text.toLowerCase())],
  casefold: [[], change((text) => text.toLowerCase().replaceAll('ß', 'ss'))],
  title: [[], change(titleCase)],
  capitalize: [[], change(capitalize)],
  swapcase: [[], change(swapCase)],
  strip: [['chars'], strip('both')],
  lstrip: [['chars'], strip('left')],
  rstrip: [['chars'], strip('right')],
  removeprefix: [['prefix'], (self, args) => (self.startsWith(args.text('prefix')) ? self.slice(args.text('prefix').length) : self)],
  removesuffix: [
    ['suffix'],
    (self, args) => (args.text('suffix') !== '' && self.endsWith(args.text('suffix')) ? self.slice(0, -args.text('suffix').length) : self),
  ],
  ljust: [['width', 'fillchar'], justify('left')],
  rjust: [['width', 'fillchar'], justify('right')],
  center: [['width', 'fillchar'], justify('both')],
  zfill: [
    ['width'],
    (self, args, budget) => {
      const room = Math.max(0, args.int('width') - characterCount(self));
      budget.allocate(room + self.length);
      const sign = /^[-+]/.exec(self)?.[0] ?? '';
      return sign + '0'.repeat(room) + self.slice(sign.length);
    },
  ],
  find: [BOUNDS, find(false, false)],
  rfind: [BOUNDS, find(true, false)],
  index: [BOUNDS, find(false, true)],
  rindex: [BOUNDS, find(true, true)],
  startswith: [BOUNDS, affix((text, part) => text.startsWith(part))],
  endswith: [BOUNDS, affix((text, part) => text.endsWith(part))],
  count: [
    BOUNDS,
    (self, args, budget) => {
      const [text] = within(self, args);
      paySearch(text, args.text('sub'), budget);
      return args.text('sub') === '' ? characterCount(text) + 1 : text.split(args.text('sub')).length - 1;
    },
  ],
  replace: [
    ['old', 'new', 'count'],
    (self, args, budget) => replaceText(self, args.text('old'), args.text('new'), args.int('count', -1), budget),
  ],
  split: [['sep', 'maxsplit'], split(false)],
  rsplit: [['sep', 'maxsplit'], split(true)],
  splitlines: [['keepends'], (self, args, budget) => splitLines(budget.made(self), args.flag('keepends', false))],
  partition: [['sep'], partition(false)],
  rpartition: [['sep'], partition(true)],
  join: [['iterable'], (self, args, budget) => joinTexts(self, stringsOf(args.value('iterable'), budget), budget)],
  expandtabs: [
    ['tabsize'],
    (self, args, budget) => {
      const size = args.int('tabsize', 8);
      budget.allocate(self.length + self.split('\t').length * Math.max(0, size));
      return expandTabs(self, size);
    },
  ],
  isdigit: [[], test(/^[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]+$/u)],
  isdecimal: [[], test(/^\p{Nd}+$/u)],
  isnumeric: [[], test(/^[\p{Nd}\p{Nl}\p{No}]+$/u)],
  isalpha: [[], test(/^\p{L}+$/u)],
  isalnum: [[], test(/^[\p{L}\p{N}]+$/u)],
  isspace: [[], test(/^\s+$/u)],
  isascii: [[], (self) => !/[^\0-\x7f]/.test(self)],
  isupper: [[], (self) => /\p{Lu}/u.test(self) && !/\p{Ll}/u.test(self)],
  islower: [[], (self) => /\p{Ll}/u.test(self) && !/\p{Lu}/u.test(self)],
  istitle: [[], (self) => /\p{L}/u.test(self) && titleCase(self) === self],
};

/** A method of a str. */
export function stringMethod(text: string, name: string, budget: Budget, members: Members): Callable | undefined {
  const readers = {
    attribute: (value: Value, member: string): Value => members.attribute(value, member, budget),
    item: (value: Value, key: Value): Value => members.item(value, key, budget),
  };
  if (name === 'format') return new Callable(name, (args) => strFormat(text, args, readers, budget));
  if (name === 'format_map') {
    return new Callable(name, ({ positional: [map = null] }) => {
      if (!(map instanceof Dict)) throw typeError('format_map() argument must be a mapping');
      const named = new Map(map.entries().map(([key, value]) => [textOf(key) ?? '', value] as const));
      return strFormat(text, { positional: [], named }, readers, budget);
    });
  }
  return bindMethod(METHODS, text, name, budget);
}

function stringsOf(series: Value, budget: Budget): string[] {
  const texts: string[] = [];
  for (const item of elementsOf(series, budget)) {
    if (item instanceof Undefined) item.raise();
    const text = textOf(item);
    if (text === undefined) throw typeError(`sequence item ${String(texts.length)}: expected str instance, ${typeNameOf(item)} found`);
    texts.push(text);
  }
  return texts;
}

/** The part of a text between the bounds of the arguments, and where it starts. */
function within(text: string, args: BoundArguments): [part: string, offset: number] {
  if (!args.has('start') && !args.has('end')) return [text, 0];
  const length = characterCount(text);
  const bound = (name: string, otherwise: number): number => {
    const value = args.value(name, null) === null ? otherwise : args.int(name);
    return Math.min(length, Math.max(0, value < 0 ? value + length : value));
  };
  const [start, end] = [bound('start', 0), bound('end', length)];
  return [isWide(text) ? Array.from(text).slice(start, end).join('') : text.slice(start, end), start];
}

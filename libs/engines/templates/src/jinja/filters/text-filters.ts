import { percentFormat } from '../format/percent-format.js';
import { characterCount, Dict, elementsOf, Markup, textOf, Tuple, Undefined, type Value } from '../values.js';
import { capitalize, replaceText, splitLines, stripText } from '../methods/text-operations.js';
import { numberOf } from '../numbers.js';
import { typeError, valueError } from '../py-error.js';
import { escapeHtml, repr, str, toJson } from '../text.js';
import type { FilterContext, FilterTable, PlainFilter } from './filter.js';
import { truncate, urlize, wordWrap } from './text-layout.js';

/** Text of a value; what is no text is printed, and markup stays markup. */
const onText =
  (convert: (text: string, context: FilterContext) => string): PlainFilter[1] =>
  (value, _args, context) => {
    const text = context.budget.made(convert(str(value, context.budget), context));
    return value instanceof Markup ? new Markup(text) : text;
  };

const escape: PlainFilter[1] = (value, _args, { budget }) =>
  value instanceof Markup ? value : new Markup(budget.made(escapeHtml(str(value, budget))));

/** Filters that make text. */
export const TEXT_FILTERS: FilterTable = {
  capitalize: [[], onText(capitalize)],
  lower: [[], onText((text) => text.toLowerCase())],
  upper: [[], onText((text) => text.toUpperCase())],
  title: [[], onText(titleWords)],
  string: [[], (value, _args, { budget }) => (value instanceof Markup ? value : str(value, budget))],
  e: [[], escape],
  escape: [[], escape],
  forceescape: [[], (value, _args, { budget }) => new Markup(budget.made(escapeHtml(str(value, budget))))],
  safe: [[], (value, _args, { budget }) => new Markup(str(value, budget))],
  striptags: [
    [],
    onText((text) =>
      withoutTags(withoutTags(text, '<!--', '-->'), '<', '>')
        .split(/\s+/)
        .filter(Boolean)
        .join(' '),
    ),
  ],
  trim: [
    ['chars'],
    (value, args, context) => stripText(str(value, context.budget), args.value('chars', null) === null ? null : args.text('chars'), 'both'),
  ],
  center: [
    ['width'],
    (value, args, { budget }) => {
      const text = str(value, budget);
      const width = args.int('width', 80);
      const room = Math.max(0, width - characterCount(text));
      budget.allocate(text.length + room);
      const left = Math.floor(room / 2) + (room & width & 1);
      return ' '.repeat(left) + text + ' '.repeat(room - left);
    },
  ],
  replace: [
    ['old', 'new', 'count'],
    (value, args, { budget }) => {
      const count = args.value('count', null);
      return replaceText(
        str(value, budget),
        str(args.value('old'), budget),
        str(args.value('new'), budget),
        count === null ? -1 : args.int('count'),
        budget,
      );
    },
  ],
  format: (value, { positional, named }, { budget }) => {
    if (positional.length > 0 && named.size > 0) throw typeError("can't handle positional and keyword arguments at the same time");
    const values = named.size > 0 ? Dict.of(named) : new Tuple(positional);
    return percentFormat(str(value, budget), values, budget);
  },
  indent: [
    ['width', 'first', 'blank'],
    (value, args, { budget }) => {
      const width = args.value('width', 4);
      const size = numberOf(width);
      if (size !== undefined) budget.allocate(Math.max(0, size));
      const room = size === undefined ? args.text('width') : ' '.repeat(Math.max(0, size));
      const lines = `${str(value, budget)}\n`.split('\n').slice(0, -1);
      budget.allocate(lines.length * room.length);
      const indented = lines.map((line, i) =>
        (i === 0 && !args.flag('first', false)) || (line === '' && i > 0 && !args.flag('blank', false)) ? line : room + line,
      );
      return budget.made(indented.join('\n'));
    },
  ],
  truncate: [
    ['length', 'killwords', 'end', 'leeway'],
    (value, args, { budget }) =>
      budget.made(
        truncate(str(value, budget), {
          length: args.int('length', 255),
          cutsWords: args.flag('killwords', false),
          end: args.text('end', '...'),
          leeway: args.value('leeway', null) === null ? 5 : args.int('leeway'),
        }),
      ),
  ],
  wordcount: [[], (value, _args, { budget }) => str(value, budget).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0],
  wordwrap: [
    ['width', 'break_long_words', 'wrapstring', 'break_on_hyphens'],
    (value, args, { budget }) => {
      const text = str(value, budget);
      const newline = args.value('wrapstring', null) === null ? '\n' : args.text('wrapstring');
      const width = args.int('width', 79);
      if (width <= 0) throw valueError(`invalid width ${String(width)} (must be > 0)`);
      budget.step(text.length);
      const options = { width, breaksWords: args.flag('break_long_words', true), breaksAtHyphens: args.flag('break_on_hyphens', true) };
      const lines = splitLines(text, false).flatMap((line) => wordWrap(line, options));
      budget.allocate(text.length + lines.length * newline.length);
      return lines.join(newline);
    },
  ],
  tojson: [
    ['indent'],
    (value, args, { budget }) => {
      if (value instanceof Undefined) throw typeError('Object of type Undefined is not JSON serializable');
      const indent = args.value('indent', null);
      const json = toJson(value, indent === null ? {} : { indent: Math.max(0, args.int('indent')) }, budget);
      return new Markup(json.replace(/[<>&']/g, (character) => JSON_ESCAPES[character] as string));
    },
  ],
  pprint: [[], (value, _args, { budget }) => budget.made(repr(value, budget))],
  urlencode: [[], (value, _args, context) => urlEncode(value, context)],
  urlize: [
    ['trim_url_limit', 'nofollow', 'target', 'rel', 'extra_schemes'],
    (value, args, { budget }) => {
      const limit = args.value('trim_url_limit', null);
      const rel = new Set([
        ...(args.value('rel', null) === null ? [] : args.text('rel').split(' ')),
        'noopener',
        ...(args.flag('nofollow', false) ? ['nofollow'] : []),
      ]);
      const target = args.value('target', null) === null ? undefined : args.text('target');
      return budget.made(
        urlize(str(value, budget), {
          limit: limit === null ? undefined : args.int('trim_url_limit'),
          rel: [...rel].sort().join(' '),
          target,
        }),
      );
    },
  ],
  xmlattr: [
    ['autospace'],
    (value, args, { budget }) => {
      if (!(value instanceof Dict)) throw typeError('xmlattr needs a mapping');
      const pairs = value.entries().filter(([, item]) => item !== null && !(item instanceof Undefined));
      const texts = pairs.map(([key, item]) => {
        const name = str(key, budget);
        if (/[\s/>=]/.test(name)) throw valueError(`Invalid character in attribute name: ${repr(key, budget)}`);
        return `${escapeHtml(name)}="${item instanceof Markup ? item.text : escapeHtml(str(item, budget))}"`;
      });
      const joined = budget.made(texts.join(' '));
      return new Markup(joined !== '' && args.flag('autospace', true) ? ` ${joined}` : joined);
    },
  ],
  filesizeformat: [
    ['binary'],
    (value, args, { budget }) => fileSize(numberOf(value) ?? Number(str(value, budget)), args.flag('binary', false)),
  ],
};

const JSON_ESCAPES: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', "'": '\\u0027' };

/** Jinja2's own title case: words are parted by blanks, hyphens and opening brackets. */
function titleWords(text: string): string {
  return text
    .split(/([-\s({[<]+)/)
    .map((word) => capitalize(word))
    .join('');
}

/** A text without what stands from one mark to the next other one. Goes once over the text: a pattern could take quadratic time. */
function withoutTags(text: string, open: string, close: string): string {
  let kept = '';
  let at = 0;
  for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, at)) {
    const end = text.indexOf(close, start);
    if (end === -1) break;
    kept += text.slice(at, start);
    at = end + close.length;
  }
  return kept + text.slice(at);
}

function urlEncode(value: Value, { budget }: FilterContext): string {
  const quote = (item: Value, keepsSlash: boolean): string => {
    const quoted = encodeURIComponent(str(item, budget).toWellFormed()).replace(
      /[!'()*]/g,
      (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`,
    );
    return keepsSlash ? quoted.replaceAll('%2F', '/') : quoted;
  };
  if (textOf(value) !== undefined || numberOf(value) !== undefined || value === null || value instanceof Undefined)
    return budget.made(quote(value, true));
  const pairs = value instanceof Dict ? value.entries() : Array.from(elementsOf(value, budget), (pair) => [...elementsOf(pair, budget)]);
  return budget.made(
    pairs.map(([key = null, item = null]) => `${quote(key, false)}=${quote(item, false)}`.replaceAll('%20', '+')).join('&'),
  );
}

function fileSize(bytes: number, isBinary: boolean): string {
  const base = isBinary ? 1024 : 1000;
  const units = isBinary ? ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'] : ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${String(Math.trunc(bytes))} Bytes`;
  let power = 1;
  while (power < units.length && bytes >= base ** (power + 1)) power += 1;
  return `${(bytes / base ** power).toFixed(1)} ${units[power - 1] as string}`;
}

import type { Budget } from '../budget.js';
import { PyError, valueError } from '../py-error.js';
import { repr, str } from '../text.js';
import type { Arguments, Value } from '../values.js';
import { formatValue } from './format-spec.js';

/** Reads an attribute or an item of a value; the same rules as in expressions. */
export interface MemberReader {
  attribute(value: Value, name: string): Value;
  item(value: Value, key: Value): Value;
}

const FIELD = /^([^.[!:]*)((?:\.[^.[!:]+|\[[^\]]*\])*)$/;
const STEP = /\.([^.[]+)|\[([^\]]*)\]/g;

/** Python's `template.format(...)`. */
export function strFormat(template: string, args: Arguments, members: MemberReader, budget: Budget): string {
  let automatic = 0;
  const render = (text: string, depth: number): string => {
    if (depth > 2) throw valueError('Max string recursion exceeded');
    let out = '';
    for (let at = 0; at < text.length;) {
      const character = text[at] as string;
      if (character !== '{' && character !== '}') {
        const end = nextBrace(text, at);
        out += text.slice(at, end);
        at = end;
      } else if (text[at + 1] === character) {
        out += character;
        at += 2;
      } else if (character === '}') {
        throw valueError("Single '}' encountered in format string");
      } else {
        const end = closingBrace(text, at);
        out += field(text.slice(at + 1, end), depth);
        at = end + 1;
      }
    }
    return budget.made(out);
  };
  const field = (text: string, depth: number): string => {
    const colon = text.indexOf(':');
    const [head, spec] = colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
    const [path, conversion] = head.split('!') as [string, string | undefined];
    const value = lookUp(path);
    const converted = conversion === undefined ? value : conversion === 's' ? str(value, budget) : repr(value, budget);
    return formatValue(converted, spec.includes('{') ? render(spec, depth + 1) : spec, budget);
  };
  const lookUp = (path: string): Value => {
    const [, first = '', rest = ''] = FIELD.exec(path) ?? [];
    let value = argument(first === '' ? String(automatic++) : first);
    for (const [, name, key] of rest.matchAll(STEP)) {
      value =
        name === undefined ? members.item(value, /^\d+$/.test(key ?? '') ? Number(key) : (key ?? '')) : members.attribute(value, name);
    }
    return value;
  };
  const argument = (name: string): Value => {
    const value = /^\d+$/.test(name) ? args.positional[Number(name)] : args.named.get(name);
    if (value !== undefined) return value;
    if (/^\d+$/.test(name)) throw new PyError('IndexError', `Replacement index ${name} out of range for positional args tuple`);
    throw new PyError('KeyError', `'${name}'`);
  };
  return render(template, 0);
}

function nextBrace(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) if (text[at] === '{' || text[at] === '}') return at;
  return text.length;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}' && (depth -= 1) === 0) return at;
  }
  throw valueError("expected '}' before end of string");
}

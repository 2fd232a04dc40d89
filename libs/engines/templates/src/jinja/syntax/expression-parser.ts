import type { BinaryOperator, Comparison } from '../operators.js';
import { intValue } from '../numbers.js';
import type { ArgumentNodes, BlockFilter, Expression } from './ast.js';
import { describeToken } from './token.js';
import type { TokenStream } from './token-stream.js';

const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];
const CONSTANTS: Readonly<Record<string, null | boolean>> = { true: true, True: true, false: false, False: false, none: null, None: null };
const ENDS_TUPLE = ['variable_end', 'block_end'];

/** Parses expressions by the precedences of Jinja2. */
export class ExpressionParser {
  constructor(private readonly stream: TokenStream) {}

  /** One expression; without `if` where that word means something else. */
  expression(allowsCondition = true): Expression {
    return this.stream.nested(() => (allowsCondition ? this.condition() : this.or()));
  }

  /** One expression, or several with commas between, which make a tuple. */
  tuple(options: { allowsCondition?: boolean; endNames?: readonly string[]; mayBeEmpty?: boolean } = {}): Expression {
    const items: Expression[] = [];
    let isTuple = false;
    for (;;) {
      if (items.length > 0 && !this.stream.skips('operator', ',')) break;
      if (items.length > 0) isTuple = true;
      if (this.endsTuple(options.endNames)) break;
      items.push(this.expression(options.allowsCondition));
    }
    if (isTuple) return { kind: 'tuple', items };
    if (items[0]) return items[0];
    if (options.mayBeEmpty) return { kind: 'tuple', items };
    return this.stream.fail(`Expected an expression, got '${describeToken(this.stream.current)}'`);
  }

  /** `name|filter(args)|...` without the value, as blocks have it. */
  filters(): BlockFilter[] {
    const found: BlockFilter[] = [];
    do found.push(this.filterCall());
    while (this.stream.skips('operator', '|'));
    return found;
  }

  private endsTuple(endNames: readonly string[] = []): boolean {
    const { kind, text } = this.stream.current;
    return ENDS_TUPLE.includes(kind) || (kind === 'operator' && text === ')') || (kind === 'name' && endNames.includes(text));
  }

  private condition(): Expression {
    let value = this.or();
    while (this.stream.skips('name', 'if')) {
      const test = this.or();
      const otherwise = this.stream.skips('name', 'else') ? this.stream.nested(() => this.condition()) : null;
      value = { kind: 'condition', test, then: value, otherwise };
    }
    return value;
  }

  private or(): Expression {
    let left = this.and();
    while (this.stream.skips('name', 'or')) left = { kind: 'or', left, right: this.and() };
    return left;
  }

  private and(): Expression {
    let left = this.not();
    while (this.stream.skips('name', 'and')) left = { kind: 'and', left, right: this.not() };
    return left;
  }

  private not(): Expression {
    if (this.stream.skips('name', 'not')) return { kind: 'not', value: this.stream.nested(() => this.not()) };
    return this.compare();
  }

  private compare(): Expression {
    const first = this.sum();
    const rest: { comparison: Comparison; value: Expression }[] = [];
    for (let found = this.comparison(); found; found = this.comparison()) rest.push({ comparison: found, value: this.sum() });
    return rest.length === 0 ? first : { kind: 'compare', first, rest };
  }

  private comparison(): Comparison | null {
    const { stream } = this;
    if (stream.is('operator') && COMPARISONS.includes(stream.current.text)) return stream.next().text as Comparison;
    if (stream.skips('name', 'in')) return 'in';
    if (!stream.is('name', 'not') || stream.following.kind !== 'name' || stream.following.text !== 'in') return null;
    stream.next();
    stream.next();
    return 'not in';
  }

  private sum(): Expression {
    return this.leftAssociative(['+', '-'], () => this.concat());
  }

  private concat(): Expression {
    const parts = [this.product()];
    while (this.stream.skips('operator', '~')) parts.push(this.product());
    return parts.length === 1 ? (parts[0] as Expression) : { kind: 'concat', parts };
  }

  private product(): Expression {
    return this.leftAssociative(['*', '/', '//', '%'], () => this.power());
  }

  private power(): Expression {
    return this.leftAssociative(['**'], () => this.unary(true));
  }

  private leftAssociative(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    while (this.stream.is('operator') && operators.includes(this.stream.current.text)) {
      const operator = this.stream.next().text as BinaryOperator;
      left = { kind: 'binary', operator, left, right: operand() };
    }
    return left;
  }

  private unary(withFilters: boolean): Expression {
    const { stream } = this;
    const sign = stream.is('operator', '-') || stream.is('operator', '+') ? (stream.next().text as '-' | '+') : null;
    const value: Expression = sign ? { kind: 'unary', operator: sign, value: stream.nested(() => this.unary(false)) } : this.primary();
    const complete = this.postfix(value);
    return withFilters ? this.filtered(complete) : complete;
  }

  private primary(): Expression {
    const { stream } = this;
    const token = stream.next();
    switch (token.kind) {
      case 'name':
        return Object.hasOwn(CONSTANTS, token.text)
          ? { kind: 'constant', value: CONSTANTS[token.text] as null | boolean }
          : { kind: 'name', name: token.text };
      case 'string': {
        let value = token.text;
        while (stream.is('string')) value += stream.next().text;
        return { kind: 'constant', value };
      }
      case 'integer':
        return { kind: 'constant', value: intValue(BigInt(integerText(token.text))) as number | bigint };
      case 'float':
        return { kind: 'float', value: Number(token.text.replaceAll('_', '')) };
      case 'operator':
        if (token.text === '(') return this.parenthesised();
        if (token.text === '[') return { kind: 'list', items: this.items(']') };
        if (token.text === '{') return this.dict();
        break;
      default:
    }
    return stream.fail(`unexpected '${describeToken(token)}'`, token.line);
  }

  private parenthesised(): Expression {
    const inner = this.stream.nested(() => this.tuple({ mayBeEmpty: true }));
    this.stream.expect('operator', ')');
    return inner;
  }

  private items(close: string): Expression[] {
    const items: Expression[] = [];
    while (!this.stream.is('operator', close)) {
      if (items.length > 0) this.stream.expect('operator', ',');
      if (this.stream.is('operator', close)) break;
      items.push(this.expression());
    }
    this.stream.expect('operator', close);
    return items;
  }

  private dict(): Expression {
    const entries: [Expression, Expression][] = [];
    while (!this.stream.is('operator', '}')) {
      if (entries.length > 0) this.stream.expect('operator', ',');
      if (this.stream.is('operator', '}')) break;
      const key = this.expression();
      this.stream.expect('operator', ':');
      entries.push([key, this.expression()]);
    }
    this.stream.expect('operator', '}');
    return { kind: 'dict', entries };
  }

  private postfix(start: Expression): Expression {
    let value = start;
    for (;;) {
      if (this.stream.skips('operator', '.')) value = this.attribute(value);
      else if (this.stream.skips('operator', '[')) value = this.subscript(value);
      else if (this.stream.is('operator', '(')) value = { kind: 'call', callee: value, args: this.callArguments() };
      else return value;
    }
  }

  private attribute(value: Expression): Expression {
    const token = this.stream.next();
    if (token.kind === 'name') return { kind: 'attribute', value, name: token.text };
    if (token.kind !== 'integer') this.stream.fail('expected name or number', token.line);
    return { kind: 'item', value, key: { kind: 'constant', value: Number(token.text) } };
  }

  private subscript(value: Expression): Expression {
    const bounds: (Expression | null)[] = [null];
    let isSlice = false;
    const keys: Expression[] = [];
    while (!this.stream.is('operator', ']')) {
      if (this.stream.skips('operator', ':')) {
        isSlice = true;
        bounds.push(null);
      } else if (this.stream.skips('operator', ',')) {
        keys.push(bounds.at(-1) ?? this.stream.fail("unexpected ','"));
        bounds[bounds.length - 1] = null;
      } else {
        bounds[bounds.length - 1] = this.expression();
      }
    }
    this.stream.expect('operator', ']');
    if (isSlice && bounds.length <= 3 && keys.length === 0) return { kind: 'slice', value, bounds };
    const last = bounds.at(-1);
    if (isSlice || (!last && keys.length === 0)) this.stream.fail('expected subscript expression');
    if (keys.length === 0) return { kind: 'item', value, key: last as Expression };
    return { kind: 'item', value, key: { kind: 'tuple', items: last ? [...keys, last] : keys } };
  }

  private filtered(start: Expression): Expression {
    let value = start;
    for (;;) {
      if (this.stream.skips('operator', '|')) value = { kind: 'filter', value, ...this.filterCall() };
      else if (this.stream.is('name', 'is')) value = this.test(value);
      else if (this.stream.is('operator', '(')) value = { kind: 'call', callee: value, args: this.callArguments() };
      else return value;
    }
  }

  private filterCall(): BlockFilter {
    const { line } = this.stream.current;
    const name = this.dottedName();
    return { name, line, args: this.stream.is('operator', '(') ? this.callArguments() : { positional: [], named: [] } };
  }

  private dottedName(): string {
    let name = this.stream.expect('name').text;
    while (this.stream.skips('operator', '.')) name += `.${this.stream.expect('name').text}`;
    return name;
  }

  private test(value: Expression): Expression {
    const { line } = this.stream.next();
    const isNegated = this.stream.skips('name', 'not');
    const name = this.dottedName();
    const test: Expression = { kind: 'test', name, value, args: this.testArguments(), line };
    return isNegated ? { kind: 'not', value: test } : test;
  }

  private testArguments(): ArgumentNodes {
    const { kind, text } = this.stream.current;
    if (kind === 'operator' && text === '(') return this.callArguments();
    const isArgument = ['name', 'string', 'integer', 'float'].includes(kind) || (kind === 'operator' && '[{'.includes(text));
    if (!isArgument || (kind === 'name' && ['else', 'or', 'and', 'if', 'in', 'not'].includes(text))) return { positional: [], named: [] };
    if (kind === 'name' && text === 'is') this.stream.fail('You cannot chain multiple tests with is');
    return { positional: [this.postfix(this.primary())], named: [] };
  }

  private callArguments(): ArgumentNodes {
    const { stream } = this;
    const args: ArgumentNodes = { positional: [], named: [] };
    stream.expect('operator', '(');
    for (let isFirst = true; !stream.is('operator', ')'); isFirst = false) {
      if (!isFirst) stream.expect('operator', ',');
      if (stream.is('operator', ')')) break;
      if (stream.skips('operator', '*')) args.spread = this.expression();
      else if (stream.skips('operator', '**')) args.spreadNamed = this.expression();
      else if (stream.is('name') && stream.following.kind === 'operator' && stream.following.text === '=') {
        const name = stream.next().text;
        stream.next();
        args.named.push({ name, value: this.expression() });
      } else if (args.named.length > 0) stream.fail('invalid syntax for function call expression');
      else args.positional.push(this.expression());
    }
    stream.expect('operator', ')');
    return args;
  }
}

function integerText(text: string): string {
  const digits = text.replaceAll('_', '');
  return /^0\d/.test(digits) ? digits.replace(/^0+(?=\d)/, '') : digits;
}

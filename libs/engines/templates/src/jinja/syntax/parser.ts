import type { Expression, MacroNode, Statement, Target } from './ast.js';
import { ExpressionParser } from './expression-parser.js';
import { tokenize } from './lexer.js';
import { TokenStream } from './token-stream.js';
import { describeToken, type Token } from './token.js';

/** Tags that Jinja2 has and that need other templates, of which there are none. */
const UNAVAILABLE = ['extends', 'include', 'import', 'from'];
const RESERVED = ['true', 'false', 'none', 'True', 'False', 'None'];

/** Parses a template. Throws {@link SyntaxProblem}. */
export function parseTemplate(source: string): Statement[] {
  return new Parser(new TokenStream(tokenize(source))).template();
}

class Parser {
  private readonly expressions: ExpressionParser;
  /** What ends the blocks that are open, for the message about a tag that is not expected. */
  private readonly openTags: { tag: string; ends: readonly string[] }[] = [];

  constructor(private readonly stream: TokenStream) {
    this.expressions = new ExpressionParser(stream);
  }

  template(): Statement[] {
    const body = this.statements([]);
    if (!this.stream.is('eof')) this.stream.fail(`unexpected '${this.stream.current.text}'`);
    return body;
  }

  /** Statements up to one of the end tags, whose name is left to be read; all there are when there is none to wait for. */
  private statements(ends: readonly string[]): Statement[] {
    const body: Statement[] = [];
    for (;;) {
      const { kind, line, text } = this.stream.current;
      if (kind === 'eof') {
        if (ends.length > 0) this.unknownEnd();
        return body;
      }
      this.stream.next();
      if (kind === 'data') {
        body.push({ kind: 'text', text, line });
      } else if (kind === 'variable_begin') {
        body.push({ kind: 'print', value: this.expressions.tuple(), line });
        this.stream.expect('variable_end');
      } else {
        if (this.stream.is('name') && ends.includes(this.stream.current.text)) return body;
        body.push(this.statement());
        this.stream.expect('block_end');
      }
    }
  }

  private unknownEnd(): never {
    const open = this.openTags.at(-1);
    const words = open?.ends.map((end) => `'${end}'`).join(' or ') ?? '';
    return this.stream.fail(
      `Unexpected end of template. Jinja was looking for the following tags: ${words}. The innermost block that needs to be closed is '${open?.tag ?? ''}'.`,
    );
  }

  private statement(): Statement {
    const token = this.stream.current;
    if (token.kind !== 'name') this.stream.fail('tag name expected');
    this.stream.next();
    return this.stream.nested(() => this.tagged(token));
  }

  private tagged(token: Token): Statement {
    const { text: tag, line } = token;
    switch (tag) {
      case 'for':
        return this.forLoop(line);
      case 'if':
        return this.ifBlock(line);
      case 'set':
        return this.setTag(line);
      case 'macro':
        return { kind: 'macro', macro: this.macro(this.assignedName(), 'macro', 'endmacro'), line };
      case 'call':
        return this.callBlock(line);
      case 'filter':
        return { kind: 'filter', filters: this.expressions.filters(), body: this.body('filter', 'endfilter'), line };
      case 'with':
        return this.withBlock(line);
      case 'autoescape':
        return { kind: 'autoescape', value: this.expressions.expression(), body: this.body('autoescape', 'endautoescape'), line };
      case 'block':
        this.stream.expect('name');
        this.stream.skips('name', 'scoped');
        return { kind: 'block', body: this.body('block', 'endblock', true), line };
      case 'print':
        return { kind: 'print', value: this.expressions.tuple(), line };
      default:
        if (UNAVAILABLE.includes(tag)) return this.unavailable(tag, line);
        return this.unknownTag(tag, line);
    }
  }

  private unknownTag(tag: string, line: number): never {
    const open = this.openTags.at(-1);
    if (!open) return this.stream.fail(`Encountered unknown tag '${tag}'.`, line);
    const words = open.ends.map((end) => `'${end}'`).join(' or ');
    return this.stream.fail(
      `Encountered unknown tag '${tag}'. Jinja was looking for the following tags: ${words}. The innermost block that needs to be closed is '${open.tag}'.`,
      line,
    );
  }

  private unavailable(tag: string, line: number): Statement {
    while (!this.stream.is('block_end') && !this.stream.is('eof')) this.stream.next();
    return { kind: 'unavailable', tag, line };
  }

  /** The rest of the opening tag, the body, and the name of its end tag. */
  private body(tag: string, end: string, mayNameEnd = false): Statement[] {
    this.stream.expect('block_end');
    const body = this.until(tag, [end]);
    this.stream.next();
    if (mayNameEnd) this.stream.skips('name');
    return body;
  }

  private until(tag: string, ends: readonly string[]): Statement[] {
    this.openTags.push({ tag, ends });
    const body = this.statements(ends);
    this.openTags.pop();
    return body;
  }

  private forLoop(line: number): Statement {
    const target = this.target(['in']);
    this.stream.expect('name', 'in');
    const series = this.expressions.tuple({ allowsCondition: false, endNames: ['recursive'] });
    const condition = this.stream.skips('name', 'if') ? this.expressions.expression() : null;
    const isRecursive = this.stream.skips('name', 'recursive');
    this.stream.expect('block_end');
    const body = this.until('for', ['endfor', 'else']);
    let otherwise: Statement[] = [];
    if (this.stream.next().text === 'else') {
      this.stream.expect('block_end');
      otherwise = this.until('for', ['endfor']);
      this.stream.next();
    }
    return { kind: 'for', target, series, condition, body, otherwise, isRecursive, line };
  }

  private ifBlock(line: number): Statement {
    const branches: { test: Expression; body: Statement[] }[] = [];
    let otherwise: Statement[] = [];
    for (;;) {
      const test = this.expressions.tuple({ allowsCondition: false });
      this.stream.expect('block_end');
      branches.push({ test, body: this.until('if', ['elif', 'else', 'endif']) });
      const { text } = this.stream.next();
      if (text === 'elif') continue;
      if (text === 'else') {
        this.stream.expect('block_end');
        otherwise = this.until('if', ['endif']);
        this.stream.next();
      }
      return { kind: 'if', branches, otherwise, line };
    }
  }

  private setTag(line: number): Statement {
    const target = this.target(['='], true);
    if (this.stream.skips('operator', '=')) return { kind: 'set', target, value: this.expressions.tuple(), line };
    const filters = this.stream.skips('operator', '|') ? this.expressions.filters() : [];
    return { kind: 'set_block', target, filters, body: this.body('set', 'endset'), line };
  }

  private callBlock(line: number): Statement {
    const parameters = this.stream.is('operator', '(') ? this.parameters() : [];
    const call = this.expressions.expression();
    if (call.kind !== 'call') this.stream.fail('expected call', line);
    return { kind: 'call', call, macro: { name: 'caller', parameters, body: this.body('call', 'endcall') }, line };
  }

  private withBlock(line: number): Statement {
    const assignments: { target: Target; value: Expression }[] = [];
    while (!this.stream.is('block_end')) {
      if (assignments.length > 0) this.stream.expect('operator', ',');
      const target = this.target(['=']);
      this.stream.expect('operator', '=');
      assignments.push({ target, value: this.expressions.expression() });
    }
    return { kind: 'with', assignments, body: this.body('with', 'endwith'), line };
  }

  private macro(name: string, tag: string, end: string): MacroNode {
    const parameters = this.parameters();
    return { name, parameters, body: this.body(tag, end, true) };
  }

  private parameters(): MacroNode['parameters'] {
    const parameters: MacroNode['parameters'] = [];
    this.stream.expect('operator', '(');
    while (!this.stream.is('operator', ')')) {
      if (parameters.length > 0) this.stream.expect('operator', ',');
      const name = this.assignedName();
      const hasDefault = this.stream.skips('operator', '=');
      if (!hasDefault && parameters.some((parameter) => parameter.default))
        this.stream.fail('non-default argument follows default argument');
      parameters.push({ name, default: hasDefault ? this.expressions.expression() : null });
    }
    this.stream.expect('operator', ')');
    return parameters;
  }

  private target(ends: readonly string[], allowsAttribute = false): Target {
    const items = [this.oneTarget(allowsAttribute)];
    let isTuple = false;
    while (this.stream.skips('operator', ',')) {
      isTuple = true;
      if (ends.includes(this.stream.current.text)) break;
      items.push(this.oneTarget(false));
    }
    return isTuple ? { kind: 'tuple', items } : (items[0] as Target);
  }

  private oneTarget(allowsAttribute: boolean): Target {
    if (this.stream.skips('operator', '(')) {
      const inner = this.target([')']);
      this.stream.expect('operator', ')');
      return inner;
    }
    const { current } = this.stream;
    if (current.kind === 'block_end') this.stream.fail(`Expected an expression, got '${describeToken(current)}'`);
    if (current.kind !== 'name') this.stream.fail(`unexpected '${describeToken(current)}'`);
    const name = this.assignedName();
    if (!allowsAttribute || !this.stream.skips('operator', '.')) return { kind: 'name', name };
    return { kind: 'attribute', name, attribute: this.stream.expect('name').text };
  }

  private assignedName(): string {
    const { text, line } = this.stream.expect('name');
    if (RESERVED.includes(text)) this.stream.fail(`can't assign to '${text}'`, line);
    return text;
  }
}

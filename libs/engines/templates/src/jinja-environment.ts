import { DEFAULT_TEMPLATE_LIMITS, type TemplateLimits } from './jinja/budget.js';
import { compileStatements } from './jinja/compile-statements.js';
import { Frame } from './jinja/frame.js';
import { type Execute, Output } from './jinja/output.js';
import { BudgetExceeded, PyError } from './jinja/py-error.js';
import { Rendering } from './jinja/rendering.js';
import { SyntaxProblem } from './jinja/syntax/lexer.js';
import { parseTemplate } from './jinja/syntax/parser.js';
import { TemplateError } from './templates.errors.js';

/** What a {@link JinjaEnvironment} may be told. */
export interface JinjaEnvironmentOptions {
  /** Bounds of one rendering that differ from the default ones. */
  limits?: Partial<TemplateLimits>;
}

/**
 * The Jinja2 templates of one compiled graph: added once, rendered any number of times. Nothing is shared between environments, nor between
 * renderings. A template sees the variables that it is given, and nothing else of this process.
 */
export class JinjaEnvironment {
  private readonly templates = new Map<string, Execute>();
  private readonly limits: TemplateLimits;

  constructor(options: JinjaEnvironmentOptions = {}) {
    this.limits = { ...DEFAULT_TEMPLATE_LIMITS, ...options.limits };
  }

  /** Parses a template. Throws a {@link TemplateError} with the line when it can't be. */
  add(name: string, source: string): void {
    try {
      this.templates.set(name, compileStatements(parseTemplate(source)));
    } catch (error) {
      throw failure(error, name, error instanceof SyntaxProblem ? error.line : 1, 'syntax');
    }
  }

  /** Whether a template of that name was added. */
  has(name: string): boolean {
    return this.templates.has(name);
  }

  /**
   * The text of a template with these variables: plain JSON values, in which a `PyFloat` is a whole float. They are not changed. Throws a
   * {@link TemplateError} when an expression can't be computed or a bound is hit.
   */
  render(name: string, variables: Readonly<Record<string, unknown>>): string {
    const template = this.templates.get(name);
    if (!template) throw new TemplateError('render', 'TemplateNotFound', `there is no template '${name}'`, name, 1);
    const rendering = new Rendering(variables, this.limits);
    const output = new Output(rendering.budget);
    try {
      template(new Frame(rendering), output);
      return output.text();
    } catch (error) {
      throw failure(error, name, rendering.line, 'render');
    }
  }

  /** Forgets all templates. */
  dispose(): void {
    this.templates.clear();
  }
}

function failure(error: unknown, name: string, line: number, reason: 'syntax' | 'render'): unknown {
  if (error instanceof BudgetExceeded) return new TemplateError('limit', error.type, error.message, name, line, { cause: error });
  if (error instanceof PyError) return new TemplateError(reason, error.type, error.message, name, line, { cause: error });
  // Expressions or values nested too deeply for the stack, or a text longer than any text may be.
  if (error instanceof RangeError)
    return new TemplateError('limit', 'RecursionError', 'the template or its values nest too deeply', name, line, { cause: error });
  return error;
}

/** Why a template failed: it can't be parsed, an expression can't be computed, or it hit a bound. */
export type TemplateErrorReason = 'syntax' | 'render' | 'limit';

/** A Jinja2 template can't be parsed or rendered. The message is for the author of the template. */
export class TemplateError extends Error {
  constructor(
    readonly reason: TemplateErrorReason,
    /** Name of the exception that Jinja2 or Python raises for it, such as `TemplateSyntaxError`. */
    readonly exceptionType: string,
    /** What is wrong, without type and place. */
    readonly detail: string,
    /** The template, as it was named to `add`. */
    readonly template: string,
    /** Line of the template, from 1. */
    readonly line: number,
    options: { cause?: unknown } = {},
  ) {
    super(`${exceptionType}: ${detail} (template ${template}, line ${String(line)})`, options);
    this.name = new.target.name;
  }
}

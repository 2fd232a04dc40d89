/** An exception as Python or Jinja2 raises it; where it happened is added by who knows. */
export class PyError extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
    this.name = type;
  }
}

/** The exceptions that expressions raise. */
export const typeError = (message: string): PyError => new PyError('TypeError', message);
export const valueError = (message: string): PyError => new PyError('ValueError', message);
export const undefinedError = (message: string): PyError => new PyError('UndefinedError', message);

/** A template wanted more than one rendering may have. */
export class BudgetExceeded extends PyError {
  constructor(message: string) {
    super('TemplateLimitError', message);
  }
}

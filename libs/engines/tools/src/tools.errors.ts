/** Something about a tool can't be what it was asked to be. Names are stable: they are the `error_type` of a node that fails with one. */
export class ToolError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
  }
}

/** There is no provider of that id. */
export class ToolProviderNotFoundError extends ToolError {
  constructor(readonly provider: string) {
    super(`builtin provider ${provider} not found`);
  }
}

/** The provider has no tool of that name. */
export class ToolNotFoundError extends ToolError {
  constructor(
    readonly provider: string,
    readonly tool: string,
  ) {
    super(`builtin tool ${tool} not found`);
  }
}

/** A parameter is missing, or its value is not of its type. */
export class ToolParameterError extends ToolError {}

/** The tool was called and can't give a result. */
export class ToolInvokeError extends ToolError {}

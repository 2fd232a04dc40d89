/** A model configuration breaks a rule of contract console-apps-workflows 5.2. The message says which; it is for the client. */
export class ModelConfigError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
  }
}

/** Inputs or files of a run do not fit the app's form. The message is for the client. */
export class InputFormError extends Error {
  constructor(
    message: string,
    /** The variable that is wrong, when it is one. */
    readonly variable?: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** An external data tool gave no value for its variable; the run ends. The message is for the client. */
export class ExternalDataError extends Error {
  constructor(
    readonly variable: string,
    cause: unknown,
  ) {
    super(
      `[External data tool] API query failed, variable: ${variable}, error: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
    this.name = new.target.name;
  }
}

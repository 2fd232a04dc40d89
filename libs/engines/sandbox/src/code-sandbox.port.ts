import type { Json } from '#common';

/** Languages of the code node (contract workflow-engine 7.10). */
export type CodeLanguage = 'python3' | 'javascript';

/** One run of a user's code. */
export interface CodeRequest {
  language: CodeLanguage;
  /** Defines `main`: in Python it gets the inputs as keyword arguments, in JavaScript as one object. There it may be async. */
  code: string;
  /** JSON values by variable name; a `PyFloat` reaches Python as a `float`. */
  inputs: Readonly<Record<string, unknown>>;
  /** When it fires the run is ended and the promise rejects with its reason. */
  signal?: AbortSignal;
}

/** What a run gave. */
export interface CodeResult {
  /**
   * What `main` returned, as JSON text. It keeps what a JavaScript number does not: Python's `1.0` against `1`, and integers beyond 2^53
   * (`parsePythonJson` of #common reads both). Any JSON value: that it is a map is for the node to check.
   */
  json: string;
  /** The same, parsed. */
  value: Json;
  /** What the code printed. */
  stdout: string;
}

/** Runs users' code where it can reach nothing. */
export abstract class CodeSandbox {
  /** Whether a run that was cut off may be run again without a second effect: the code could not reach anything outside. */
  abstract readonly isRepeatable: boolean;

  /** Runs `main` once. Rejects with a {@link CodeFailure}, or with the reason of the signal. */
  abstract run(request: CodeRequest): Promise<CodeResult>;

  /** Ends what is running and frees all resources. Runs that wait are refused. */
  abstract close(): Promise<void>;
}

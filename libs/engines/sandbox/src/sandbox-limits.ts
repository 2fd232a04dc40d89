/** What one run may use. Every limit is named by its setting when it is hit. */
export interface SandboxLimits {
  /** Longest run, by the clock on the wall. Unit: milliseconds. */
  timeoutMs: number;
  /** Most memory of the interpreter, its own 22 MB for Python included. Unit: bytes. */
  memoryBytes: number;
  /** Longest text the code may print. Unit: bytes of UTF-8. */
  outputBytes: number;
  /** Longest result, as JSON. Unit: characters. */
  resultLength: number;
  /** Deepest nesting of the result. */
  resultDepth: number;
  /** Longest code. Unit: characters. */
  codeLength: number;
  /** Longest inputs, as JSON. Unit: characters. */
  inputsLength: number;
}

/** The limits where nothing is set. */
export const DEFAULT_LIMITS: Readonly<SandboxLimits> = {
  timeoutMs: 15_000,
  memoryBytes: 256 * 1024 * 1024,
  outputBytes: 1024 * 1024,
  resultLength: 16 * 1024 * 1024,
  resultDepth: 200,
  codeLength: 1024 * 1024,
  inputsLength: 32 * 1024 * 1024,
};

/** The name of a limit or of a bound of the pool. */
export type LimitName = keyof SandboxLimits | 'queueLength' | 'queueWaitMs';

/** The environment variable that moves a limit, for the messages of errors. */
export const LIMIT_SETTINGS: Readonly<Record<LimitName, string>> = {
  timeoutMs: 'SANDBOX_TIMEOUT_MS',
  memoryBytes: 'SANDBOX_MEMORY_BYTES',
  outputBytes: 'SANDBOX_OUTPUT_BYTES',
  resultLength: 'SANDBOX_RESULT_LENGTH',
  resultDepth: 'SANDBOX_RESULT_DEPTH',
  codeLength: 'SANDBOX_CODE_LENGTH',
  inputsLength: 'SANDBOX_INPUTS_LENGTH',
  queueLength: 'SANDBOX_QUEUE_LENGTH',
  queueWaitMs: 'SANDBOX_QUEUE_WAIT_MS',
};

import { Env } from '../env.js';
import { httpUrl, integer, text } from '../schemas.js';

/** Where and how users' code runs. */
export class SandboxConfig {
  /** Base URL of a service with Dify's sandbox HTTP API; code runs there then. Empty: in processes of our own. */
  @Env('CODE_EXECUTION_ENDPOINT', httpUrl()) endpoint = '';
  /** Key of that service. */
  @Env('CODE_EXECUTION_API_KEY', text(), { secret: true }) apiKey = '';
  /** How long to wait for that service's answer. Unit: seconds. */
  @Env('CODE_EXECUTION_READ_TIMEOUT', integer(1, 3600)) readTimeoutSeconds = 60;
  /** Longest run in a process of our own. Unit: milliseconds. */
  @Env('SANDBOX_TIMEOUT_MS', integer(10, 3_600_000)) timeoutMs = 15_000;
  /** Most memory of an interpreter; Python itself takes 22 MB of it. Unit: bytes. */
  @Env('SANDBOX_MEMORY_BYTES', integer(32 * 1024 * 1024, 4 * 1024 * 1024 * 1024)) memoryBytes = 256 * 1024 * 1024;
  /** Longest text that code may print. Unit: bytes. */
  @Env('SANDBOX_OUTPUT_BYTES', integer(0, 1024 * 1024 * 1024)) outputBytes = 1024 * 1024;
  /** Longest result. Unit: characters of JSON. */
  @Env('SANDBOX_RESULT_LENGTH', integer(1, 1024 * 1024 * 1024)) resultLength = 16 * 1024 * 1024;
  /** Deepest nesting of a result. */
  @Env('SANDBOX_RESULT_DEPTH', integer(1, 1000)) resultDepth = 200;
  /** Longest code. Unit: characters. */
  @Env('SANDBOX_CODE_LENGTH', integer(1, 1024 * 1024 * 1024)) codeLength = 1024 * 1024;
  /** Longest inputs of one run. Unit: characters of JSON. */
  @Env('SANDBOX_INPUTS_LENGTH', integer(1, 1024 * 1024 * 1024)) inputsLength = 32 * 1024 * 1024;
  /** Most processes of one language. */
  @Env('SANDBOX_WORKERS', integer(1, 256)) workers = 2;
  /** How long a process without work is kept. Unit: milliseconds. */
  @Env('SANDBOX_IDLE_MS', integer(0, 86_400_000)) idleMs = 60_000;
  /** Most runs of one language that wait for a process; more are refused. */
  @Env('SANDBOX_QUEUE_LENGTH', integer(0, 1_000_000)) queueLength = 10_000;
  /** Longest wait of a run for a process. Unit: milliseconds. */
  @Env('SANDBOX_QUEUE_WAIT_MS', integer(1, 3_600_000)) queueWaitMs = 60_000;
}

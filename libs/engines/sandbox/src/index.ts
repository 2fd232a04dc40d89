export { CodeSandbox } from './code-sandbox.port.js';
export type { CodeLanguage, CodeRequest, CodeResult } from './code-sandbox.port.js';
export { DEFAULT_LIMITS, LIMIT_SETTINGS } from './sandbox-limits.js';
export type { LimitName, SandboxLimits } from './sandbox-limits.js';
export { CodeFailure } from './sandbox.errors.js';
export type { CodeFailureFacts, CodeFailureReason, HitLimit } from './sandbox.errors.js';
export { ProcessSandbox } from './process/process-sandbox.js';
export type { ProcessSandboxOptions } from './process/process-sandbox.js';
export type { Protections } from './process/lock-down.js';

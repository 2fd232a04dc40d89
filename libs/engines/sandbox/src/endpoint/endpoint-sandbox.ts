import { AbortScope } from '#common';
import { z } from 'zod';
import { readResult } from '../code-result.js';
import { type CodeLanguage, type CodeRequest, type CodeResult, CodeSandbox } from '../code-sandbox.port.js';
import { inputsAsJson } from '../inputs-json.js';
import { DEFAULT_LIMITS, type SandboxLimits } from '../sandbox-limits.js';
import { CodeFailure, limitFailure } from '../sandbox.errors.js';
import type { SandboxTransport } from './sandbox-transport.port.js';
import { splitOutput, wrapCode } from './wrap-code.js';

/** Names of the languages on the wire. */
const LANGUAGES: Readonly<Record<CodeLanguage, string>> = { python3: 'python3', javascript: 'nodejs' };

const answerSchema = z.object({
  code: z.number(),
  message: z.string().nullish(),
  data: z.object({ stdout: z.string().nullish(), error: z.string().nullish() }).nullish(),
});

/** What an {@link EndpointSandbox} is told. */
export interface EndpointSandboxOptions {
  /** Base URL of the service: `CODE_EXECUTION_ENDPOINT`. */
  endpoint: string;
  /** Sent as `X-Api-Key`: `CODE_EXECUTION_API_KEY`. */
  apiKey: string;
  transport: SandboxTransport;
  /** Longest wait for an answer. Default 60,000. Unit: milliseconds. */
  timeoutMs?: number;
  /** Limits of code, inputs and results that differ from {@link DEFAULT_LIMITS}; those of time and memory are the service's own. */
  limits?: Partial<SandboxLimits>;
}

/** Runs code behind Dify's sandbox HTTP API (contract workflow-engine 7.10). What the code may reach there is that service's business. */
export class EndpointSandbox extends CodeSandbox {
  readonly isRepeatable = false;
  private readonly url: string;
  private readonly limits: SandboxLimits;
  private readonly closing = new AbortController();

  constructor(private readonly options: EndpointSandboxOptions) {
    super();
    this.url = `${options.endpoint.replace(/\/+$/, '')}/v1/sandbox/run`;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  async run({ language, code, inputs, signal }: CodeRequest): Promise<CodeResult> {
    signal?.throwIfAborted();
    const { codeLength, inputsLength } = this.limits;
    if (code.length > codeLength) throw limitFailure('codeLength', codeLength);
    const program = wrapCode(language, code, inputsAsJson(language, inputs, inputsLength));
    const body = JSON.stringify({ language: LANGUAGES[language], code: program, preload: '', enable_network: true });
    return this.resultOf(await this.ask(body, signal));
  }

  close(): Promise<void> {
    this.closing.abort(new CodeFailure({ reason: 'unavailable', message: 'The code sandbox is closing.' }));
    return Promise.resolve();
  }

  private async ask(body: string, signal: AbortSignal | undefined): Promise<{ status: number; body: string }> {
    const { transport, apiKey, timeoutMs = 60_000 } = this.options;
    const scope = new AbortScope({ follow: [signal, this.closing.signal], afterMs: timeoutMs, reason: () => timedOut(timeoutMs) });
    const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
    try {
      return await transport.post({ url: this.url, headers, body, signal: scope.signal });
    } catch (cause) {
      scope.signal.throwIfAborted();
      throw unreachable(cause instanceof Error ? cause.message : String(cause), cause);
    } finally {
      scope.end();
    }
  }

  private resultOf({ status, body }: { status: number; body: string }): CodeResult {
    if (status === 503) throw new CodeFailure({ reason: 'unavailable', message: 'Code execution service is unavailable' });
    if (status !== 200) throw unreachable(`status code ${String(status)}`);
    const { code, message, data } = readAnswer(body);
    if (code !== 0)
      throw new CodeFailure({ reason: 'request', message: `Got error code: ${String(code)}. Got error msg: ${message ?? ''}` });
    const stdout = data?.stdout ?? '';
    if (data?.error) throw new CodeFailure({ reason: 'exception', message: data.error, stdout: splitOutput(stdout)?.printed ?? stdout });
    const output = splitOutput(stdout);
    if (output === null) throw new CodeFailure({ reason: 'result', message: 'The code ended without a result.', stdout });
    return readResult(output.json, output.printed, this.limits);
  }
}

function readAnswer(body: string): z.infer<typeof answerSchema> {
  try {
    return answerSchema.parse(JSON.parse(body));
  } catch (cause) {
    throw new CodeFailure({ reason: 'unavailable', message: 'The code sandbox service gave an answer that is none of its API.', cause });
  }
}

function unreachable(why: string, cause?: unknown): CodeFailure {
  const message = `Failed to execute code, which is likely a network issue, please check if the sandbox service is running. (Error: ${why})`;
  return new CodeFailure({ reason: 'unavailable', message, cause });
}

function timedOut(timeoutMs: number): CodeFailure {
  return new CodeFailure({ reason: 'unavailable', message: `The code sandbox service gave no answer within ${String(timeoutMs)} ms.` });
}

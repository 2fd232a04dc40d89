import {
  type CodeSandbox,
  EndpointSandbox,
  ProcessSandbox,
  type SandboxLimits,
  type SandboxPost,
  SandboxTransport,
} from '#engines/sandbox';
import type { SandboxConfig } from '#platform/config';
import type { OutboundTransport } from '#platform/http';

/** Where code runs, as it is configured: behind an endpoint, or in processes of our own. */
export function openSandbox(config: SandboxConfig, http: OutboundTransport): CodeSandbox {
  const limits = sandboxLimitsOf(config);
  if (config.endpoint === '') {
    const { workers, idleMs, queueLength, queueWaitMs } = config;
    return new ProcessSandbox({ limits, maxWorkers: { python3: workers, javascript: workers }, idleMs, queueLength, queueWaitMs });
  }
  const { endpoint, apiKey, readTimeoutSeconds } = config;
  return new EndpointSandbox({
    endpoint,
    apiKey,
    transport: new OutboundSandboxTransport(http),
    timeoutMs: readTimeoutSeconds * 1000,
    limits,
  });
}

/** Bounds of one run. */
export function sandboxLimitsOf({
  timeoutMs,
  memoryBytes,
  outputBytes,
  resultLength,
  resultDepth,
  codeLength,
  inputsLength,
}: SandboxConfig): SandboxLimits {
  return { timeoutMs, memoryBytes, outputBytes, resultLength, resultDepth, codeLength, inputsLength };
}

/** The sandbox service is the operator's own, as model servers are: private addresses may be reached. */
class OutboundSandboxTransport extends SandboxTransport {
  constructor(private readonly http: OutboundTransport) {
    super();
  }

  override async post({ url, headers, body, signal }: SandboxPost): Promise<{ status: number; body: string }> {
    const answer = await this.http.request({ method: 'POST', url, headers: { ...headers }, body, signal });
    return { status: answer.status, body: await answer.text() };
  }
}

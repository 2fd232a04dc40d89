import type { InvokeLlmOptions, ModelTarget } from '../ports/model-runtime.port.js';
import { StandardModelRuntime } from '../runtime/standard-model-runtime.js';
import type { LlmChunk, LlmRequest } from '../types/llm.js';
import { PlainTransport, VendorServer } from './vendor-server.js';

/** A request that says nothing special. */
export const HELLO: LlmRequest = { messages: [{ role: 'user', content: 'Hello streaming world' }] };

/** A runtime and a vendor on a real socket that it calls. */
export interface VendorLab {
  vendor: VendorServer;
  http: PlainTransport;
  runtime: StandardModelRuntime;
  /** A chat model of the vendor, which speaks OpenAI's protocol. */
  target(credentials?: Record<string, string>): ModelTarget;
  /** All chunks of a chat; no batch may be empty. */
  read(options?: InvokeLlmOptions, request?: LlmRequest, credentials?: Record<string, string>): Promise<LlmChunk[]>;
}

/** Has a vendor up during the tests of a file. */
export function useVendor(): VendorLab {
  const vendor = new VendorServer();
  const http = new PlainTransport();
  const runtime = new StandardModelRuntime({ http });
  const target = (credentials: Record<string, string> = {}): ModelTarget => ({
    provider: 'openai_api_compatible',
    model: 'mock-chat',
    credentials: {
      endpoint_url: `${vendor.url}/v1/`,
      api_key: 'sk-secret-key',
      context_size: '8192',
      function_calling_type: 'tool_call',
      ...credentials,
    },
  });
  const read: VendorLab['read'] = async (options, request = HELLO, credentials = {}) => {
    const chunks: LlmChunk[] = [];
    for await (const batch of runtime.invokeLlm(target(credentials), request, options)) {
      expect(batch.length).toBeGreaterThan(0);
      chunks.push(...batch);
    }
    return chunks;
  };
  beforeAll(() => vendor.start());
  afterAll(async () => {
    await http.close();
    await vendor.stop();
  });
  return { vendor, http, runtime, target, read };
}

/** What the chunks say. */
export const textOf = (chunks: readonly LlmChunk[]): string => chunks.map((chunk) => chunk.text).join('');

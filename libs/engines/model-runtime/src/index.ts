export { HttpTransport } from './ports/http-transport.port.js';
export type { HttpRequest, HttpResponse } from './ports/http-transport.port.js';
export { ModelProvider } from './ports/model-provider.port.js';
export type {
  EmbeddingCapability,
  LlmCapability,
  ModelCall,
  ModerationCapability,
  RerankCapability,
  SpeechCapability,
  TranscriptionCapability,
  ValidationCall,
} from './ports/model-provider.port.js';
export { ModelRuntime } from './ports/model-runtime.port.js';
export type { InvokeLlmOptions, InvokeOptions, ModelTarget } from './ports/model-runtime.port.js';
export { i18n } from './types/i18n.js';
export type { I18n } from './types/i18n.js';
export type * from './types/invocations.js';
export type * from './types/llm.js';
export type * from './types/model-schema.js';
export * from './types/model-type.js';
export { mediaUri, textOf } from './types/prompt-message.js';
export type * from './types/prompt-message.js';
export type * from './types/provider-manifest.js';
export type * from './types/usage.js';
export * from './model-runtime.errors.js';
export { BUILTIN_PROVIDER } from './builtin/builtin.provider.js';
export { hashEmbedding, HASH_DIMENSIONS } from './builtin/hash-embedding.js';
export { longProviderId, shortProviderId } from './catalogue/provider-id.js';
export { ProviderRegistry } from './catalogue/provider-registry.js';
export { filterAndValidateCredentials, HIDDEN_VALUE } from './credentials/credential-form.js';
export { maskCredentials, maskSecret, restoreHidden, secretVariables } from './credentials/secrets.js';
export { providerIcon } from './icons/provider-icon.js';
export { coerceParameters } from './parameters/coerce-parameters.js';
export { Decimal } from './pricing/decimal.js';
export { addUsage, calculateEmbeddingUsage, calculatePrice, calculateUsage, emptyUsage } from './pricing/usage.js';
export type { Price, UsageTimes } from './pricing/usage.js';
export { StandardModelRuntime } from './runtime/standard-model-runtime.js';
export type { ModelRuntimeOptions } from './runtime/standard-model-runtime.js';
export { parseStructuredOutput } from './runtime/structured-output.js';
export type { VendorTimeouts } from './runtime/timed-transport.js';
export { ToolCallCollector } from './runtime/tool-calls.js';

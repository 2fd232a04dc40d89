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
export { addUsage, calculateUsage, emptyUsage } from './pricing/usage.js';
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

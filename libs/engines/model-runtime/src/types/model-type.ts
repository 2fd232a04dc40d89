/** The kinds of model, as they are named on the wire (contract models-agents-tools 1.1). */
export const MODEL_TYPES = ['llm', 'text-embedding', 'rerank', 'speech2text', 'moderation', 'tts'] as const;
export type ModelType = (typeof MODEL_TYPES)[number];

/** What a model can do beyond plain text. */
export const MODEL_FEATURES = [
  'tool-call',
  'multi-tool-call',
  'agent-thought',
  'vision',
  'stream-tool-call',
  'document',
  'video',
  'audio',
  'structured-output',
] as const;
export type ModelFeature = (typeof MODEL_FEATURES)[number];

/** `predefined-model`: listed by the provider; `customizable-model`: named by the workspace, described by its credential form. */
export type ConfigurateMethod = 'predefined-model' | 'customizable-model';

/** How the database spells a model type. */
export const STORED_MODEL_TYPES = {
  llm: 'text-generation',
  'text-embedding': 'embeddings',
  rerank: 'reranking',
  speech2text: 'speech2text',
  moderation: 'moderation',
  tts: 'tts',
} as const satisfies Record<ModelType, string>;
export type StoredModelType = (typeof STORED_MODEL_TYPES)[ModelType];

/** Reads a model type in either spelling, the wire's or the database's; undefined when it is neither. */
export function parseModelType(text: string): ModelType | undefined {
  return MODEL_TYPES.find((type) => type === text || STORED_MODEL_TYPES[type] === text);
}
